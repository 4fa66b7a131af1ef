package io.millrace.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScheduleSettingsTest {
  @Test
  void readsWhatAnOperatorSets() {
    assertThat(ScheduleSettings.of(Map.of())).isEqualTo(ScheduleSettings.DEFAULTS);
    assertThat(
            ScheduleSettings.of(
                Map.of("MILLRACE_SCHEDULE_JITTER_SECONDS", "90", "MILLRACE_MISSED_RUNS", "skip")))
        .isEqualTo(new ScheduleSettings(Duration.ofSeconds(90), MissedRuns.SKIP));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> ScheduleSettings.of(Map.of("MILLRACE_MISSED_RUNS", "never")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("MILLRACE_MISSED_RUNS is \"never\"; expected once or skip.");
    assertThatThrownBy(
            () -> ScheduleSettings.of(Map.of("MILLRACE_SCHEDULE_JITTER_SECONDS", "7200")))
        .hasMessageContaining("a whole number from 0 to 3600");
  }
}
