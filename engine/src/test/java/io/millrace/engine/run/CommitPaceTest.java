package io.millrace.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineSettings;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.TableLayout;
import io.millrace.spi.WriteMode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CommitPaceTest {
  private static final EngineSettings SETTINGS = EngineSettings.DEFAULT;
  private static final Duration MOMENT = Duration.ofMillis(1);

  @Test
  void tablesCommitAtTheUsualPace() {
    CommitPace pace = CommitPace.of(SETTINGS, traits(0));
    assertThat(pace.due(SETTINGS.commitBytes() - 1, MOMENT)).isFalse();
    assertThat(pace.due(SETTINGS.commitBytes(), MOMENT)).isTrue();
    assertThat(pace.due(0, SETTINGS.commitInterval())).isTrue();
  }

  @Test
  void whereCommitsEndFilesTheyAreLarger() {
    long wanted = 2 * SETTINGS.commitBytes();
    CommitPace pace = CommitPace.of(SETTINGS, traits(wanted));
    assertThat(pace.due(SETTINGS.commitBytes(), SETTINGS.commitInterval())).isFalse();
    assertThat(pace.due(wanted, MOMENT)).isTrue();
    assertThat(pace.due(0, SETTINGS.commitIntervalOfFiles())).isTrue();
  }

  @Test
  void smallFilesDoNotMakeCommitsSmaller() {
    CommitPace pace = CommitPace.of(SETTINGS, traits(1));
    assertThat(pace.due(SETTINGS.commitBytes() - 1, MOMENT)).isFalse();
  }

  private static DestinationTraits traits(long commitBytes) {
    return new DestinationTraits(
        Set.of(WriteMode.APPEND),
        TableLayout.TYPED,
        MetadataColumns.NONE,
        null,
        Set.of(),
        commitBytes);
  }
}
