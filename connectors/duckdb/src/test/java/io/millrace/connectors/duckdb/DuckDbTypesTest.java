package io.millrace.connectors.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.Destination;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.WriteMode;
import io.millrace.spi.WriteReceipt;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Bytes;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.arrow.Special;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How values and columns land. */
@ExtendWith(AllocatorExtension.class)
class DuckDbTypesTest {
  private static final LogicalType DECIMAL_5_2 = new LogicalType.Decimal(5, 2);
  private static final LogicalType DECIMAL_38_3 = new LogicalType.Decimal(38, 3);

  @TempDir Path folder = Path.of("");
  private Bench bench = new Bench(new RootAllocator(0), folder, "none");

  @BeforeEach
  void open(BufferAllocator allocator) {
    bench = new Bench(allocator, folder, "shop.duckdb");
  }

  /** A type, DuckDB's type, a value and its text in DuckDB. */
  private record Case(LogicalType type, String sqlType, @Nullable Object value, String text) {}

  private static List<Case> cases() {
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    Map<String, @Nullable Object> struct = new LinkedHashMap<>();
    struct.put("A", 1L);
    struct.put("a", uuid);
    return List.of(
        new Case(new LogicalType.Bool(), "BOOLEAN", true, "true"),
        new Case(new LogicalType.Int(8), "TINYINT", -128L, "-128"),
        new Case(new LogicalType.Int(16), "SMALLINT", 32767L, "32767"),
        new Case(new LogicalType.Int(32), "INTEGER", -1L, "-1"),
        new Case(new LogicalType.Int(64), "BIGINT", Long.MIN_VALUE, "-9223372036854775808"),
        new Case(new LogicalType.Real(32), "FLOAT", 0.1f, "0.1"),
        new Case(new LogicalType.Real(64), "DOUBLE", Double.NaN, "nan"),
        new Case(new LogicalType.Real(64), "DOUBLE", Double.NEGATIVE_INFINITY, "-inf"),
        new Case(DECIMAL_5_2, "DECIMAL(5,2)", new BigDecimal("-999.99"), "-999.99"),
        new Case(
            DECIMAL_38_3,
            "DECIMAL(38,3)",
            new BigDecimal("-99999999999999999999999999999999999.999"),
            "-99999999999999999999999999999999999.999"),
        new Case(new LogicalType.Date(), "DATE", LocalDate.of(-43, 3, 15), "0044-03-15 (BC)"),
        new Case(new LogicalType.Date(), "DATE", Special.INFINITY, "infinity"),
        new Case(new LogicalType.Date(), "DATE", Special.MINUS_INFINITY, "-infinity"),
        new Case(new LogicalType.Time(), "TIME", Special.END_OF_DAY, "24:00:00"),
        new Case(new LogicalType.Time(), "TIME", LocalTime.of(1, 2, 3, 4000), "01:02:03.000004"),
        new Case(
            new LogicalType.Timestamp(),
            "TIMESTAMP",
            LocalDateTime.of(2025, 10, 16, 1, 2, 3, 456_789_000),
            "2025-10-16 01:02:03.456789"),
        new Case(new LogicalType.Timestamp(), "TIMESTAMP", Special.MINUS_INFINITY, "-infinity"),
        new Case(
            new LogicalType.TimestampTz(),
            "TIMESTAMP WITH TIME ZONE",
            Instant.parse("2025-10-16T01:02:03Z"),
            "2025-10-16 01:02:03+00"),
        new Case(
            new LogicalType.TimestampTz(),
            "TIMESTAMP WITH TIME ZONE",
            Special.INFINITY,
            "infinity"),
        new Case(new LogicalType.Text(), "VARCHAR", "İç \0 \"q\" 'x' 😀", "İç \0 \"q\" 'x' 😀"),
        new Case(new LogicalType.Binary(), "BLOB", Bytes.of(new byte[] {0, 65}), "\\x00A"),
        new Case(new LogicalType.Json(), "JSON", "{\"a\": [1, null]}", "{\"a\": [1, null]}"),
        new Case(new LogicalType.Uuid(), "UUID", uuid, uuid.toString()),
        new Case(
            new LogicalType.ListOf(new LogicalType.ListOf(new LogicalType.Json())),
            "JSON[][]",
            Arrays.asList(List.of("1"), null, Arrays.asList("2", null)),
            "[[1], NULL, [2, NULL]]"),
        new Case(
            new LogicalType.Struct(
                List.of(
                    new LogicalType.Part("A", new LogicalType.Int(32)),
                    new LogicalType.Part("a", new LogicalType.Uuid()))),
            "STRUCT(A_559aead0 INTEGER, a UUID)",
            struct,
            "{'A_559aead0': 1, 'a': " + uuid + "}"),
        new Case(
            new LogicalType.Vector(3), "FLOAT[3]", List.of(1f, -0.5f, 2f), "[1.0, -0.5, 2.0]"));
  }

  @Test
  void everyTypeLandsExactly() throws Exception {
    List<Field> fields = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    List<@Nullable Object> nulls = new ArrayList<>();
    for (Case one : cases()) {
      fields.add(Fields.of("c" + fields.size(), one.type()));
      values.add(one.value());
      nulls.add(null);
    }
    bench.sync(
        Bench.plan(1, WriteMode.OVERWRITE, new Schema(fields), List.of(), null),
        new Row(values),
        new Row(nulls));

    List<String> types = bench.query("SELECT column_type FROM (DESCRIBE orders)");
    for (int i = 0; i < cases().size(); i++) {
      Case one = cases().get(i);
      assertThat(types.get(i)).isEqualTo(one.sqlType());
      assertThat(bench.query("SELECT c%d::VARCHAR FROM orders WHERE c0".formatted(i)))
          .as(one.type().display())
          .containsExactly(one.text());
      assertThat(bench.query("SELECT c%d::VARCHAR FROM orders WHERE c0 IS NULL".formatted(i)))
          .containsExactly("null");
    }
  }

  @Test
  void valuesBeyondARangeAreRefusedWithTheirRow() throws Exception {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("id", new LogicalType.Int(64)),
                Fields.of("small", DECIMAL_5_2),
                Fields.of("big", DECIMAL_38_3),
                Fields.of("list", new LogicalType.ListOf(DECIMAL_5_2)),
                Fields.of(
                    "struct",
                    new LogicalType.Struct(List.of(new LogicalType.Part("d", DECIMAL_38_3))))));
    BigDecimal ok = new BigDecimal("1.00");
    Map<String, Special> badStruct = Map.of("d", Special.NAN);
    WriteReceipt receipt;
    try (Destination destination = bench.destination();
        StreamLoader loader =
            destination.open(Bench.plan(1, WriteMode.APPEND, schema, List.of(), null))) {
      receipt =
          bench.write(
              loader,
              schema,
              "p0",
              0,
              1,
              Row.of(1L, Special.NAN, Special.NAN, null, null),
              Row.of(2L, ok, ok, Arrays.asList(ok, null), Map.of("d", ok)),
              Row.of(3L, ok, Special.NAN, null, null),
              Row.of(4L, ok, null, List.of(ok, Special.NAN), null),
              Row.of(5L, null, null, List.of(), badStruct),
              Row.of(6L, null, null, null, null));
    }
    assertThat(receipt.rowsTaken()).isEqualTo(2);
    assertThat(receipt.rejected())
        .extracting(RejectedRow::position, RejectedRow::column)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("id=1", "small"),
            org.assertj.core.groups.Tuple.tuple("id=3", "big"),
            org.assertj.core.groups.Tuple.tuple("id=4", "list"),
            org.assertj.core.groups.Tuple.tuple("id=5", "struct"));
    assertThat(receipt.rejected().getFirst().value()).isEqualTo("NaN");
    assertThat(receipt.rejected().getFirst().reason()).contains("at most 5 digits");
    assertThat(bench.query("SELECT id FROM orders ORDER BY id")).containsExactly("2", "6");
  }

  private static Schema schema(Field... fields) {
    return new Schema(List.of(fields));
  }

  @Test
  void columnsThatDifferInCaseStayApart() throws Exception {
    Schema schema =
        schema(
            Fields.of("Name", new LogicalType.Text()),
            Fields.of("name", new LogicalType.Text()),
            Fields.of("a \"b\";--", new LogicalType.Text()),
            Fields.of("Ä", new LogicalType.Text()),
            Fields.of("ä", new LogicalType.Text()));
    Row row = Row.of("upper", "lower", "odd", "Ä", "ä");
    long sync = 0;
    for (WriteMode mode : List.of(WriteMode.OVERWRITE, WriteMode.APPEND, WriteMode.APPEND_DEDUP)) {
      bench.sync(Bench.plan(++sync, mode, schema, List.of("name"), null), row);
    }
    assertThat(bench.query("SELECT column_name FROM (DESCRIBE orders)"))
        .containsExactly("Name_" + ColumnNames.hash("Name"), "name", "a \"b\";--", "Ä", "ä");
    assertThat(bench.query("SELECT count(*), max(name), max(ä) FROM orders"))
        .containsExactly("1|lower|ä");
  }

  @Test
  void aColumnKeepsItsNameWhenATwinComes() {
    assertThat(ColumnNames.distinct(List.of("Ab"), List.of())).containsExactly("Ab");
    assertThat(ColumnNames.distinct(List.of("aB", "Ab"), List.of("Ab")))
        .containsExactly("aB_" + ColumnNames.hash("aB"), "Ab");
    assertThat(ColumnNames.distinct(List.of("", "a\0"), List.of()))
        .containsExactly("__" + ColumnNames.hash(""), "a__" + ColumnNames.hash("a\0"));
  }

  @Test
  void columnsAreAddedAndWidenedInPlace() throws Exception {
    Schema before =
        schema(
            Fields.of("id", new LogicalType.Int(16)),
            Fields.of("price", new LogicalType.Decimal(4, 2)),
            Fields.of("day", new LogicalType.Date()),
            Fields.of("note", new LogicalType.Int(32)),
            Fields.of("gone", new LogicalType.Text()));
    Schema after =
        schema(
            Fields.of("ID", new LogicalType.Int(64)),
            Fields.of("price", new LogicalType.Int(32)),
            Fields.of("day", new LogicalType.Timestamp()),
            Fields.of("note", new LogicalType.Text()),
            Fields.of("more", new LogicalType.Uuid()),
            Fields.of("even more", new LogicalType.Bool()));
    bench.sync(
        Bench.plan(1, WriteMode.APPEND, before, List.of(), null),
        Row.of(1L, new BigDecimal("12.34"), Special.INFINITY, 7L, "g"));
    bench.sync(
        Bench.plan(2, WriteMode.APPEND, after, List.of(), null),
        Row.of(1L << 40, 2_000_000_000L, LocalDateTime.of(2025, 1, 1, 0, 0), "x", null, true));
    bench.sync(
        Bench.plan(3, WriteMode.APPEND, before, List.of(), null),
        Row.of(2L, new BigDecimal("1.00"), LocalDate.of(2025, 1, 2), 8L, null));

    assertThat(bench.query("SELECT COLUMNS(*)::VARCHAR FROM orders ORDER BY id::BIGINT"))
        .containsExactly(
            "1|12.34|infinity|7|g|null|null",
            "2|1.00|2025-01-02 00:00:00|8|null|null|null",
            "1099511627776|2000000000.00|2025-01-01 00:00:00|x|null|null|true");
    assertThat(bench.query("SELECT column_name, column_type FROM (DESCRIBE orders)"))
        .contains("id|BIGINT", "price|DECIMAL(12,2)", "day|TIMESTAMP", "note|VARCHAR");
  }

  @Test
  void aTypeThatCannotHoldBothIsRefused() throws Exception {
    bench.sync(
        Bench.plan(
            1, WriteMode.APPEND, schema(Fields.of("a", new LogicalType.Bool())), List.of(), null),
        Row.of(true));
    try (Destination destination = bench.destination()) {
      assertThatThrownBy(
              () ->
                  destination.open(
                      Bench.plan(
                          2,
                          WriteMode.APPEND,
                          schema(Fields.of("a", new LogicalType.Date())),
                          List.of(),
                          null)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("\"a\" of main.Orders has the type BOOLEAN");
    }
    assertThat(bench.query("SELECT * FROM orders")).containsExactly("true");
  }
}
