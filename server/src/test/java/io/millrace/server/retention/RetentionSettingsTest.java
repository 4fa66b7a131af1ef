package io.millrace.server.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RetentionSettingsTest {
  @Test
  void readsWhatAnOperatorSets() {
    RetentionSettings settings =
        RetentionSettings.of(
            Map.of("MILLRACE_KEEP_JOBS_DAYS", "7", "MILLRACE_KEEP_LOGS_MIB", "64"));
    assertThat(settings.rows().jobAge()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.logs().totalBytesMax()).isEqualTo(64L << 20);
    assertThat(settings.disk()).isEqualTo(RetentionSettings.DEFAULT.disk());
  }

  @Test
  void refusesWhatIsNoNumber() {
    for (String wrong : List.of("a week", "0", "-1", "1.5", "99999999999")) {
      assertThatThrownBy(() -> RetentionSettings.of(Map.of("MILLRACE_KEEP_JOBS_DAYS", wrong)))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "MILLRACE_KEEP_JOBS_DAYS is \""
                  + wrong
                  + "\"; expected a whole number from 1 to 1000000000.");
    }
  }
}
