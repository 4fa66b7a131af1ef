package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.RowSets;
import io.millrace.testkit.contract.Sentences;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A changed table shows its change, and is never read as if it had not changed. */
public interface SourceSchemaChangeSuite extends SourceSuite {
  /** The column that comes. */
  String ADDED = "added";

  /** A new column is discovered and read. */
  @Test
  default void schemaChangeShowsANewColumn(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.SCHEMA_CHANGE, SourceCapability.CREATE_STREAMS);
    GivenStream stream = probe.given(3);
    probe.fixture().addColumn(stream.name(), Fields.of(ADDED, new LogicalType.Text()));
    StreamDescriptor found = probe.describe(probe.open(), stream.name());
    assertThat(SourceProbe.names(found.schema())).as("columns found").contains(ADDED);
    GivenStream wider =
        new GivenStream(
            stream.name(),
            List.of(SourceProbe.ID, ADDED),
            stream.primaryKey(),
            List.of(Row.of(0L, null), Row.of(1L, null), Row.of(2L, null)));
    Reading reading = probe.readAll(wider, SyncMode.FULL_REFRESH_OVERWRITE, null);
    RowSets.assertSame("a new column", reading.rows(), wider.rows());
  }

  /** A new column does not disturb an incremental read of the others. */
  @Test
  default void schemaChangeKeepsIncrementalState(SourceProbe probe) throws Exception {
    probe.needs(
        SourceCapability.SCHEMA_CHANGE,
        SourceCapability.INCREMENTAL,
        SourceCapability.CREATE_STREAMS);
    GivenStream stream = probe.given(20);
    StreamState state = probe.readAll(stream, SyncMode.INCREMENTAL_APPEND, null).advance();
    probe.fixture().addColumn(stream.name(), Fields.of(ADDED, new LogicalType.Text()));
    Reading next = probe.readAll(stream, SyncMode.INCREMENTAL_APPEND, state);
    RowSets.assertSame("an incremental read after a new column", next.rows(), List.of());
  }

  /** A chosen column that is gone is named; it is not read as null. */
  @Test
  default void schemaChangeNamesADroppedColumn(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.SCHEMA_CHANGE, SourceCapability.CREATE_STREAMS);
    GivenStream stream = probe.given(3);
    Source source = probe.open();
    ConfiguredStream chosen = probe.configure(source, stream, SyncMode.FULL_REFRESH_OVERWRITE);
    probe.fixture().dropColumn(stream.name(), SourceProbe.NAME);
    StreamDescriptor found = probe.describe(probe.open(), stream.name());
    assertThat(SourceProbe.names(found.schema()))
        .as("columns found")
        .containsExactly(SourceProbe.ID, SourceProbe.VERSION);
    ConfigException failure =
        catchThrowableOfType(ConfigException.class, () -> probe.open().plan(chosen, null));
    assertThat(failure).as("the refusal to read a column that is gone").isNotNull();
    Sentences.assertClear(failure, List.of(SourceProbe.NAME));
  }
}
