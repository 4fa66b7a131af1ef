package io.millrace.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineSettings;
import io.millrace.engine.Failure;
import io.millrace.engine.Failure.Origin;
import io.millrace.engine.Failure.Stage;
import io.millrace.spi.ConfigException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
  private final RetryPolicy policy = RetryPolicy.ofStream(EngineSettings.DEFAULT);

  @Test
  void waitsLongerEachTimeUpToABound() {
    Failure away = of(new TransientException("away", "Away.", "", null));

    assertThat(policy.next(away, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.next(away, 3)).isEqualTo(Duration.ofSeconds(8));
    assertThat(policy.next(away, 7)).isEqualTo(Duration.ofSeconds(30));
    assertThat(policy.next(away, 8)).isNull();
  }

  @Test
  void outlivesAServerThatIsAwayForHalfAMinute() {
    Failure away = of(new TransientException("away", "Away.", "", null));
    Duration total = Duration.ZERO;
    int retries = 0;
    for (@Nullable Duration wait = policy.next(away, 0);
        wait != null;
        wait = policy.next(away, ++retries)) {
      total = total.plus(wait);
    }
    assertThat(total).isGreaterThan(Duration.ofSeconds(60));
  }

  @Test
  void honoursWhatTheSystemAskedFor() {
    Failure limited =
        of(new TransientException("limit", "Limited.", "", null, Duration.ofSeconds(40)));

    assertThat(policy.next(limited, 0)).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void leavesToTheUserWhatOnlyTheUserCanMend() {
    assertThat(policy.next(of(new ConfigException("auth", "Wrong password.")), 0)).isNull();
  }

  @Test
  void triesAFaultOfOursOnceMore() {
    Failure fault = of(new SystemException("fault", "Fault."));

    assertThat(policy.next(fault, 0)).isNotNull();
    assertThat(policy.next(fault, 1)).isNull();
  }

  private static Failure of(RuntimeException cause) {
    return Failure.of(cause, Origin.SOURCE, Stage.READ);
  }
}
