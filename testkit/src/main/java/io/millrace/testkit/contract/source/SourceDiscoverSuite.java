package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.SyncMode;
import io.millrace.spi.type.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code discover} finds every stream as it is. */
public interface SourceDiscoverSuite extends SourceSuite {
  /** How many streams are looked for among others. */
  int STREAMS = 5;

  /** New streams are found, each once, in order. */
  @Test
  default void discoverFindsEveryStreamOnceInOrder(SourceProbe probe) throws Exception {
    List<StreamName> made = new ArrayList<>();
    if (probe.can(SourceCapability.CREATE_STREAMS)) {
      for (int i = 0; i < STREAMS; i++) {
        made.add(probe.given(1).name());
      }
    } else {
      made.add(probe.fixture().givenStream());
    }
    List<StreamName> names = discover(probe).stream().map(StreamDescriptor::name).toList();
    assertThat(names).as("the streams found").containsAll(made).isSorted();
    assertThat(new HashSet<>(names)).as("each stream once").hasSameSizeAs(names);
  }

  /** A descriptor is coherent in itself: keys and cursors are fields, types are in the lattice. */
  @Test
  default void discoverDescribesEachStream(SourceProbe probe) throws Exception {
    probe.given(1);
    for (StreamDescriptor found : discover(probe)) {
      List<String> names = SourceProbe.names(found.schema());
      found.schema().getFields().forEach(Fields::typeOf);
      assertThat(new HashSet<>(names)).as("%s: field names", found.name()).hasSameSizeAs(names);
      assertThat(names).as("%s: fields hold the key", found.name()).containsAll(found.primaryKey());
      assertThat(names)
          .as("%s: fields hold the cursors", found.name())
          .containsAll(found.cursorFields());
      if (found.incremental() && !found.sourceDefinedCursor()) {
        assertThat(found.cursorFields())
            .as("%s: cursors of an incremental stream", found.name())
            .isNotEmpty();
      }
      assertThat(found.estimatedRows()).as("estimated rows").isGreaterThanOrEqualTo(-1);
      assertThat(found.estimatedBytes()).as("estimated bytes").isGreaterThanOrEqualTo(-1);
    }
  }

  /** The schema that was found is the schema that is read. */
  @Test
  default void discoverAgreesWithThePlan(SourceProbe probe) throws Exception {
    GivenStream stream = probe.given(1);
    Source source = probe.open();
    StreamDescriptor found = probe.describe(source, stream.name());
    StreamPlan plan =
        source.plan(
            probe.configure(
                source,
                new GivenStream(
                    stream.name(), SourceProbe.names(found.schema()), List.of(), List.of()),
                SyncMode.FULL_REFRESH_APPEND),
            null);
    assertThat(plan.schema()).as("the plan's schema").isEqualTo(found.schema());
  }

  /** A capability of the fixture shows in the descriptor. */
  @Test
  default void discoverSaysWhetherAStreamIsIncremental(SourceProbe probe) throws Exception {
    GivenStream stream = probe.given(1);
    StreamDescriptor found = probe.describe(probe.open(), stream.name());
    assertThat(found.incremental())
        .as("%s is incremental", stream.name())
        .isEqualTo(probe.can(SourceCapability.INCREMENTAL));
  }

  private static List<StreamDescriptor> discover(SourceProbe probe) throws InterruptedException {
    List<StreamDescriptor> found = new ArrayList<>();
    probe.open().discover(found::add);
    return found;
  }
}
