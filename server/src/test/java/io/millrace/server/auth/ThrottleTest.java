package io.millrace.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.http.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
  private final ManualClock clock = new ManualClock();
  private final Throttle throttle = new Throttle(clock);

  @Test
  void countsByAddressAndAccount() {
    fail("10.0.0.1", "anna", Throttle.FAILURES_MAX);
    assertThatThrownBy(() -> throttle.check("10.0.0.1", " ANNA")).isInstanceOf(ApiException.class);
    assertThatCode(() -> throttle.check("10.0.0.2", "anna")).doesNotThrowAnyException();
    assertThatCode(() -> throttle.check("10.0.0.1", "bert")).doesNotThrowAnyException();
    clock.advance(Throttle.WINDOW);
    assertThatCode(() -> throttle.check("10.0.0.1", "anna")).doesNotThrowAnyException();
  }

  @Test
  void forgetsFailuresAfterASuccess() {
    fail("10.0.0.1", "anna", Throttle.FAILURES_MAX - 1);
    throttle.succeeded("10.0.0.1", "anna");
    fail("10.0.0.1", "anna", Throttle.FAILURES_MAX - 1);
    assertThatCode(() -> throttle.check("10.0.0.1", "anna")).doesNotThrowAnyException();
  }

  @Test
  void stopsAnAddressThatTriesManyNames() {
    for (int i = 0; i < Throttle.ADDRESS_FAILURES_MAX; i++) {
      fail("10.0.0.1", "name " + i, 1);
    }
    assertThatThrownBy(() -> throttle.check("10.0.0.1", "another"))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void keepsABoundedNumberOfCounters() {
    for (int i = 0; i < 30_000; i++) {
      fail("10.0." + i / 256 + "." + i % 256, "anna", 1);
    }
    assertThat(throttle.size()).isEqualTo(10_000);
    clock.advance(Duration.ofMinutes(2));
    fail("10.9.9.9", "anna", 1);
    assertThat(throttle.size()).isLessThanOrEqualTo(10_000);
  }

  private void fail(String address, String account, int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(address, account);
    }
  }
}
