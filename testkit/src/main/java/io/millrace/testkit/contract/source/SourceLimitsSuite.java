package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.SyncMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.RowSets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Large rows and many columns are read within bounds. */
public interface SourceLimitsSuite extends SourceSuite {
  /** How many columns a wide stream has. */
  int COLUMNS = 1_000;

  /** How many characters a large value has. */
  int LARGE_CHARS = 1 << 20;

  /** How many large values are read. */
  int LARGE_ROWS = 40;

  /** How much memory the large values may take at once: a small part of all of them. */
  long LARGE_MEMORY_BYTES_MAX = 24L << 20;

  /** A stream of 1,000 columns. */
  @Test
  default void limitsAllowManyColumns(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.WIDE, SourceCapability.CREATE_STREAMS);
    List<Field> fields = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      fields.add(Fields.of("column_" + i, new LogicalType.Int(64)));
      values.add((long) i);
    }
    List<Row> rows = List.of(new Row(values), new Row(values));
    GivenStream stream = probe.given("wide", new Schema(fields), List.of(), rows);
    Reading reading = probe.readAll(stream, SyncMode.FULL_REFRESH_OVERWRITE, null);
    RowSets.assertSame("a stream of " + COLUMNS + " columns", reading.rows(), rows);
  }

  /** Values of 1 MB come a few at a time. */
  @Test
  default void limitsHoldWithLargeValues(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.LARGE_VALUES, SourceCapability.CREATE_STREAMS);
    Schema schema =
        new Schema(
            List.of(
                Fields.of(SourceProbe.ID, new LogicalType.Int(64)),
                Fields.of(SourceProbe.NAME, new LogicalType.Text())));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < LARGE_ROWS; i++) {
      rows.add(Row.of((long) i, Character.toString('a' + i % 26).repeat(LARGE_CHARS)));
    }
    GivenStream stream = probe.given("large", schema, List.of(SourceProbe.ID), rows);
    Reading reading = probe.readAll(stream, SyncMode.FULL_REFRESH_OVERWRITE, null);
    RowSets.assertSame("large values", reading.rows(), rows);
    assertThat(probe.bench().allocator().getPeakMemoryAllocation())
        .as("memory for %d values of 1 MB, read with a target of 1 MB a batch", LARGE_ROWS)
        .isLessThan(LARGE_MEMORY_BYTES_MAX);
  }
}
