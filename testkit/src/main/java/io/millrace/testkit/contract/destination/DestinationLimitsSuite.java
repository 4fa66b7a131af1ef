package io.millrace.testkit.contract.destination;

import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Large rows, many columns, full batches and many commits are written. */
public interface DestinationLimitsSuite extends DestinationSuite {
  /** How many columns a wide target has. */
  int COLUMNS = 1_000;

  /** How many characters a large value has. */
  int LARGE_CHARS = 1 << 20;

  /** How many rows the largest batch has. */
  int BATCH_ROWS = 65_536;

  /** How many commits one partition makes. */
  int COMMITS = 50;

  /** A target of 1,000 columns. */
  @Test
  default void limitsAllowManyColumns(DestinationProbe probe) throws Exception {
    probe.needs(DestinationCapability.WIDE);
    List<Field> fields = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      fields.add(Fields.of("column_" + i, new LogicalType.Int(64)));
      values.add((long) i);
    }
    List<Row> rows = List.of(new Row(values), new Row(values));
    Sync sync = probe.sync(DestinationProbe.unique("wide"), mode(probe), new Schema(fields));
    probe.run(sync, rows);
    probe.assertRows("a target of " + COLUMNS + " columns", sync, rows);
  }

  /** Values of 1 MB. */
  @Test
  default void limitsAllowLargeValues(DestinationProbe probe) throws Exception {
    probe.needs(DestinationCapability.LARGE_VALUES);
    Sync sync = probe.sync(mode(probe));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      rows.add(Row.of((long) i, Character.toString('a' + i).repeat(LARGE_CHARS), 0L));
    }
    probe.run(sync, rows);
    probe.assertRows("values of 1 MB", sync, rows);
  }

  /** A batch of the largest size. */
  @Test
  default void limitsAllowFullBatches(DestinationProbe probe) throws Exception {
    Sync sync = probe.sync(mode(probe));
    List<Row> rows = DestinationProbe.rows(0, BATCH_ROWS);
    probe.run(sync, rows);
    probe.assertRows("a batch of " + BATCH_ROWS + " rows", sync, rows);
  }

  /** Many small commits. */
  @Test
  default void limitsAllowManyCommits(DestinationProbe probe) throws Exception {
    Sync sync = probe.sync(mode(probe));
    try (Load load = probe.load(sync)) {
      for (int i = 0; i < COMMITS; i++) {
        load.write("p", 0, DestinationProbe.rows(i, i + 1));
        load.commit("p", i == COMMITS - 1);
      }
      load.finish();
    }
    probe.assertRows(COMMITS + " commits", sync, DestinationProbe.rows(0, COMMITS));
  }

  private static WriteMode mode(DestinationProbe probe) {
    return probe.can(WriteMode.OVERWRITE) ? WriteMode.OVERWRITE : WriteMode.APPEND;
  }
}
