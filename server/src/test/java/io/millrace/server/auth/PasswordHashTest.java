package io.millrace.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PasswordHashTest {
  @Test
  void isSlowAndSaltedAndMatchesItsPasswordAlone() {
    int rounds = AuthSettings.of(Map.of(), false).hashRounds();
    String hash = PasswordHash.of("sesame", rounds);
    assertThat(hash).startsWith("pbkdf2-sha512$210000$").doesNotContain("sesame");
    assertThat(PasswordHash.of("sesame", rounds)).isNotEqualTo(hash);
    assertThat(PasswordHash.matches(hash, "sesame")).isTrue();
    assertThat(PasswordHash.matches(hash, "Sesame")).isFalse();
  }
}
