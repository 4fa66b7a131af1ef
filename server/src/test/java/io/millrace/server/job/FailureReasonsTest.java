package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FailureReasonsTest {
  @Test
  void aTimeoutNamesItsMinutes() {
    assertThat(FailureReasons.timeout(Duration.ofMinutes(90), Instant.EPOCH).message())
        .startsWith("The attempt did not end within 90 minutes, which is the timeoutMinutes of");
  }
}
