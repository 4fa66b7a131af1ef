package io.millrace.testkit.contract.source;

import io.millrace.spi.SyncMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.RowSets;
import io.millrace.testkit.contract.UglyNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Streams and columns keep their names, whatever is in them. */
public interface SourceNamesSuite extends SourceSuite {
  /** Streams with ugly names are found and read. */
  @Test
  default void namesOfStreamsMayBeUgly(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.UGLY_NAMES, SourceCapability.CREATE_STREAMS);
    List<Row> rows = SourceProbe.rows(0, 3);
    for (String name : UglyNames.ALL) {
      GivenStream stream = probe.given(name, SourceProbe.SCHEMA, List.of(SourceProbe.ID), rows);
      assertRead(probe, "a stream named " + name, stream);
    }
  }

  /** Columns with ugly names, some of which differ in case alone, keep their values. */
  @Test
  default void namesOfColumnsMayBeUgly(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.UGLY_NAMES, SourceCapability.CREATE_STREAMS);
    List<Field> fields = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (String name : UglyNames.ALL) {
      values.add((long) fields.size());
      fields.add(Fields.of(name, new LogicalType.Int(64)));
    }
    GivenStream stream =
        probe.given("columns", new Schema(fields), List.of(), List.of(new Row(values)));
    assertRead(probe, "columns with ugly names", stream);
  }

  private static void assertRead(SourceProbe probe, String what, GivenStream stream)
      throws InterruptedException {
    Reading reading = probe.readAll(stream, SyncMode.FULL_REFRESH_OVERWRITE, null);
    RowSets.assertSame(what, reading.rows(), stream.rows());
  }
}
