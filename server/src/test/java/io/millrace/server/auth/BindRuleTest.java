package io.millrace.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BindRuleTest {
  private static final AuthSettings NONE = AuthSettings.of(Map.of(), false);
  private static final AuthSettings NAMED =
      AuthSettings.of(Map.of("MILLRACE_USERNAME", "anna"), false);

  @Test
  void letsThisMachineInWithoutALogin() {
    for (String host : List.of("127.0.0.1", "localhost", "::1")) {
      assertThatCode(() -> BindRule.check(host, NONE)).doesNotThrowAnyException();
      assertThat(BindRule.warning(host, NONE)).isEmpty();
    }
  }

  @Test
  void refusesOtherAddressesWithoutALogin() {
    for (String host : List.of("0.0.0.0", "::", "192.168.1.5", "example.com")) {
      assertThatThrownBy(() -> BindRule.check(host, NONE))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(host)
          .hasMessageContaining("MILLRACE_PASSWORD");
      assertThatCode(() -> BindRule.check(host, NAMED)).doesNotThrowAnyException();
    }
  }

  @Test
  void warnsOfPasswordsInTheClear() {
    assertThat(BindRule.warning("0.0.0.0", NAMED)).isPresent();
    assertThat(
            BindRule.warning("0.0.0.0", AuthSettings.of(Map.of("MILLRACE_USERNAME", "anna"), true)))
        .isEmpty();
  }

  @Test
  void readsEmptyVariablesAsAbsentAndShowsNoPassword() {
    assertThat(AuthSettings.of(Map.of("MILLRACE_PASSWORD", ""), false).required()).isFalse();
    AuthSettings given = AuthSettings.of(Map.of("MILLRACE_PASSWORD", "sesame"), false);
    assertThat(given.required()).isTrue();
    assertThat(given.userName()).isEqualTo("airbyte");
    assertThat(given.toString()).doesNotContain("sesame");
  }
}
