package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.WriteMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A preview tells what would happen and does nothing of it. */
public interface DestinationPreviewSuite extends DestinationSuite {
  /** Before the first sync: something is said, no target is made. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void previewMakesNothing(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    Sync sync = probe.sync(mode);
    assertThat(probe.open().preview(sync.plan()))
        .as("what loading would do")
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).isNotBlank());
    assertThat(probe.read(sync)).as("the target after a preview").isNull();
  }

  /** Before a later sync: the rows stay, and what was committed stays. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void previewChangesNothing(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    Sync sync = probe.sync(mode);
    probe.run(sync, DestinationProbe.rows(0, 3));
    try (Load load = probe.load(sync.next())) {
      load.write("p", 0, DestinationProbe.rows(3, 5));
      load.commit("p", true);
    }
    var before = probe.rows(sync);
    assertThat(probe.open().preview(sync.next().plan())).isNotEmpty();
    probe.assertRows("the target after a preview", sync, before);
    try (Load load = probe.load(sync.next())) {
      assertThat(load.found()).as("commits after a preview").hasSize(1);
    }
  }
}
