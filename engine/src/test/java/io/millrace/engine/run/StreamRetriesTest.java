package io.millrace.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineSettings;
import io.millrace.engine.Failure;
import io.millrace.engine.Failure.Origin;
import io.millrace.engine.Failure.Stage;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import org.junit.jupiter.api.Test;

final class StreamRetriesTest {
  private static final Failure AWAY = of(new TransientException("away", "Away.", "", null));

  private final RetryPolicy policy = RetryPolicy.ofStream(EngineSettings.DEFAULT);
  private final StreamRetries retries = new StreamRetries();

  @Test
  void onlyWhatIsNewlyDurableBeginsTheCountAgain() {
    retries.next(policy, AWAY, 100);
    retries.next(policy, AWAY, 40);
    retries.next(policy, AWAY, 100);
    assertThat(retries.number()).isEqualTo(3);
    retries.next(policy, AWAY, 101);
    assertThat(retries.number()).isEqualTo(1);
  }

  @Test
  void evenProgressIsTriedAgainOnlySoOften() {
    for (int i = 1; i <= StreamRetries.TOTAL_MAX; i++) {
      assertThat(retries.next(policy, AWAY, i)).isNotNull();
    }
    assertThat(retries.next(policy, AWAY, StreamRetries.TOTAL_MAX + 1)).isNull();
  }

  @Test
  void whatIsNotProvenIsTriedOnceWhateverTheProgress() {
    Failure unproven = of(new SystemException(StreamLoad.UNPROVEN, "Not proven."));
    assertThat(retries.next(policy, unproven, 1)).isNotNull();
    assertThat(retries.next(policy, unproven, 2)).isNull();
  }

  private static Failure of(RuntimeException cause) {
    return Failure.of(cause, Origin.DESTINATION, Stage.PUBLISH);
  }
}
