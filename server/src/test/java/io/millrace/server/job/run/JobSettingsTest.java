package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.connection.Resources;
import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobSettingsTest {
  @Test
  void anOperatorSaysHowManyJobsRunAtOnce() {
    assertThat(of(Map.of()).parallelMax()).isEqualTo(3);
    assertThat(of(Map.of("MILLRACE_MAX_PARALLEL_JOBS", "1")).parallelMax()).isEqualTo(1);
    assertThat(of(Map.of("MILLRACE_MAX_PARALLEL_JOBS", "18")).parallelMax()).isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "19", "many", "2.5"})
  void saysWhatIsWrong(String value) {
    assertThatThrownBy(() -> of(Map.of("MILLRACE_MAX_PARALLEL_JOBS", value)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "MILLRACE_MAX_PARALLEL_JOBS is \""
                + value
                + "\"; expected a whole number from 1 to 18.");
  }

  @Test
  void anOperatorSaysHowLongNothingMayMove() {
    assertThat(of(Map.of()).progressMax()).isEqualTo(Duration.ofMinutes(60));
    assertThat(of(Map.of("MILLRACE_PROGRESS_MINUTES", "5")).progressMax())
        .isEqualTo(Duration.ofMinutes(5));
    assertThatThrownBy(() -> of(Map.of("MILLRACE_PROGRESS_MINUTES", "10081")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "MILLRACE_PROGRESS_MINUTES is \"10081\"; expected a whole number from 1 to 10080.");
  }

  /** As many as may run at once have the least memory that a job needs. */
  @Test
  void theMostJobsAtOnceHaveMemoryForEach() {
    assertThat(of(Map.of()).memoryMax() / JobSettings.PARALLEL_CEILING)
        .isGreaterThanOrEqualTo(Resources.MEMORY_MIN);
  }

  private static JobSettings of(Map<String, String> environment) {
    return JobSettings.of("here", Path.of("temporary"), environment);
  }
}
