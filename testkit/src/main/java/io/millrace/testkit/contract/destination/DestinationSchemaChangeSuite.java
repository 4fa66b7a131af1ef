package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConfigException;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.Landing;
import io.millrace.testkit.contract.Landings;
import io.millrace.testkit.contract.Sentences;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A target that keeps its rows takes new columns and wider types, and loses nothing by it. */
public interface DestinationSchemaChangeSuite extends DestinationSuite {
  /** The column that changes. */
  String VALUE = "value";

  /** A new column is null in the rows that are there. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"APPEND", "APPEND_DEDUP"})
  default void schemaChangeAddsAColumn(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    probe.needs(DestinationCapability.SCHEMA_CHANGE);
    Sync sync = probe.sync(mode);
    probe.run(sync, List.of(Row.of(1L, "a", 1L), Row.of(2L, "b", 1L)));
    List<Field> fields = new ArrayList<>(sync.schema().getFields());
    fields.add(1, Fields.of("added", new LogicalType.Decimal(10, 2)));
    Sync wider = sync.next().with(new Schema(fields));
    probe.run(wider, List.of(Row.of(3L, new BigDecimal("1.50"), "c", 1L)));
    probe.assertRows(
        "a new column",
        wider,
        List.of(
            Row.of(1L, null, "a", 1L),
            Row.of(2L, null, "b", 1L),
            Row.of(3L, new BigDecimal("1.50"), "c", 1L)));
  }

  /** A column that comes no more stays, and is null in new rows. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"APPEND", "APPEND_DEDUP"})
  default void schemaChangeKeepsAColumnThatIsGone(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    probe.needs(DestinationCapability.SCHEMA_CHANGE);
    Sync sync = probe.sync(mode);
    probe.run(sync, List.of(Row.of(1L, "a", 1L)));
    Schema fewer =
        new Schema(
            List.of(
                Fields.of(DestinationProbe.VERSION, new LogicalType.Int(64)),
                Fields.of(DestinationProbe.ID, new LogicalType.Int(64))));
    probe.run(sync.next().with(fewer), List.of(Row.of(2L, 2L)));
    probe.assertRows(
        "a column that is gone", sync, List.of(Row.of(1L, "a", 1L), Row.of(2L, null, 2L)));
  }

  /** A widened column holds old and new values exactly. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"APPEND", "APPEND_DEDUP"})
  default void schemaChangeWidensAColumn(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    probe.needs(DestinationCapability.SCHEMA_CHANGE);
    assertKept(probe, mode, new LogicalType.Int(32), -7L, new LogicalType.Int(64), Long.MAX_VALUE);
    assertKept(
        probe,
        mode,
        new LogicalType.Int(64),
        Long.MAX_VALUE,
        new LogicalType.Decimal(38, 2),
        new BigDecimal("123456789012345678901234567890.25"));
    assertKept(
        probe,
        mode,
        new LogicalType.Decimal(5, 2),
        new BigDecimal("999.99"),
        new LogicalType.Decimal(12, 4),
        new BigDecimal("99999999.0001"));
    assertKept(probe, mode, new LogicalType.Real(32), 0.1f, new LogicalType.Real(64), 0.1);
    assertKept(
        probe,
        mode,
        new LogicalType.Date(),
        LocalDate.of(2024, 2, 29),
        new LogicalType.Timestamp(),
        LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4_000));
  }

  /** A narrower type than the column's is written into the wider column. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"APPEND", "APPEND_DEDUP"})
  default void schemaChangeKeepsAWiderColumn(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    probe.needs(DestinationCapability.SCHEMA_CHANGE);
    assertKept(probe, mode, new LogicalType.Int(64), Long.MAX_VALUE, new LogicalType.Int(16), -7L);
    assertKept(
        probe,
        mode,
        new LogicalType.Decimal(12, 4),
        new BigDecimal("99999999.0001"),
        new LogicalType.Decimal(5, 2),
        new BigDecimal("999.99"));
  }

  /** Types that do not fit each other are kept as text, or the change is refused in a sentence. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"APPEND", "APPEND_DEDUP"})
  default void schemaChangeLosesNothingToAnotherType(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    probe.needs(DestinationCapability.SCHEMA_CHANGE);
    assertKeptOrRefused(probe, mode, new LogicalType.Int(32), 7L, new LogicalType.Text(), "seven");
    assertKeptOrRefused(probe, mode, new LogicalType.Text(), "seven", new LogicalType.Int(32), 7L);
    assertKeptOrRefused(
        probe,
        mode,
        new LogicalType.Date(),
        LocalDate.of(2024, 2, 29),
        new LogicalType.Bool(),
        true);
  }

  private static void assertKeptOrRefused(
      DestinationProbe probe,
      WriteMode mode,
      LogicalType oldType,
      Object oldValue,
      LogicalType newType,
      Object newValue)
      throws Exception {
    Sync sync = probe.sync(DestinationProbe.unique("changed"), mode, schema(oldType));
    try {
      assertKept(probe, sync, oldValue, newType, newValue);
    } catch (ConfigException e) {
      Sentences.assertClear(e, List.of(VALUE));
      probe.assertRows("a refused change", sync, List.of(Row.of(1L, oldValue, 1L)));
    }
  }

  private static void assertKept(
      DestinationProbe probe,
      WriteMode mode,
      LogicalType oldType,
      Object oldValue,
      LogicalType newType,
      Object newValue)
      throws Exception {
    Sync sync = probe.sync(DestinationProbe.unique("widened"), mode, schema(oldType));
    assertKept(probe, sync, oldValue, newType, newValue);
  }

  private static void assertKept(
      DestinationProbe probe, Sync sync, Object oldValue, LogicalType newType, Object newValue)
      throws Exception {
    probe.run(sync, List.of(Row.of(1L, oldValue, 1L)));
    Sync changed = sync.next().with(schema(newType));
    probe.run(changed, List.of(Row.of(2L, newValue, 2L)));
    PublishedTable table = Objects.requireNonNull(probe.read(changed));
    List<String> names = DestinationProbe.names(table.schema());
    int value = names.indexOf(VALUE);
    LogicalType landed = Fields.typeOf(table.schema().getFields().get(value));
    assertThat(table.rows()).as("rows after a change of type").hasSize(2);
    Set<Object> left = new HashSet<>(List.of(oldValue, newValue));
    for (Row row : table.rows()) {
      Object found = row.get(value);
      left.removeIf(written -> landing(written, sync, oldValue, newType, found, landed));
    }
    assertThat(left)
        .as(
            "values lost when %s became %s; found as %s: %s",
            Fields.typeOf(sync.schema().findField(VALUE)).display(),
            newType.display(),
            landed.display(),
            table.rows())
        .isEmpty();
  }

  private static boolean landing(
      Object written,
      Sync sync,
      Object oldValue,
      LogicalType newType,
      @Nullable Object found,
      LogicalType landed) {
    LogicalType type =
        written.equals(oldValue) ? Fields.typeOf(sync.schema().findField(VALUE)) : newType;
    return Landings.judge(written, type, found, landed) != Landing.SPOILT;
  }

  private static Schema schema(LogicalType type) {
    return new Schema(
        List.of(
            Fields.of(DestinationProbe.ID, new LogicalType.Int(64)),
            Fields.of(VALUE, type),
            Fields.of(DestinationProbe.VERSION, new LogicalType.Int(64))));
  }
}
