package io.millrace.connectors.files.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.TypeCase;
import io.millrace.testkit.contract.destination.PublishedTable;
import io.millrace.testkit.duckdb.DuckDbReader;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What DuckDB reads is what was written. */
@ExtendWith(AllocatorExtension.class)
class ParquetFileWriterTest {
  private static final ParquetOptions SMALL_PAGES =
      new ParquetOptions(Compression.SNAPPY, 1 << 20, 1 << 12, 1 << 12);

  @TempDir Path folder = Path.of("");
  private BufferAllocator allocator = new RootAllocator(0);

  @BeforeEach
  void take(BufferAllocator given) {
    allocator = given;
  }

  private PublishedTable roundTrip(
      Schema schema, ParquetOptions options, long groupBytes, List<List<Row>> batches)
      throws Exception {
    Path file = folder.resolve("x.parquet");
    try (OutputStream out = Files.newOutputStream(file)) {
      ParquetFileWriter writer = new ParquetFileWriter(out, schema, options, () -> groupBytes);
      for (List<Row> rows : batches) {
        try (VectorSchemaRoot root = Batches.root(allocator, schema, rows)) {
          writer.add(root, new BitSet());
        }
      }
      writer.finish();
      assertThat(writer.size()).isEqualTo(Files.size(file));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      return DuckDbReader.read(connection, "read_parquet('" + file + "')");
    }
  }

  private static List<Row> flat(List<List<Row>> batches) {
    return batches.stream().flatMap(List::stream).toList();
  }

  /** DuckDB reads vectors as lists. */
  private static LogicalType read(LogicalType type) {
    return type instanceof LogicalType.Vector
        ? new LogicalType.ListOf(new LogicalType.Real(32))
        : type;
  }

  private static Schema everyType() {
    List<Field> fields = new ArrayList<>();
    for (TypeCase one : TypeCase.all()) {
      fields.add(Fields.of("c" + fields.size() + " " + one, one.type()));
    }
    return new Schema(fields);
  }

  private static List<List<Row>> everyValue(Random random, int batches, int rows) {
    List<TypeCase> cases = TypeCase.all();
    List<List<Row>> all = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      List<Row> some = new ArrayList<>();
      int nulls = random.nextInt(1, 20);
      for (int i = 0; i < rows; i++) {
        List<@Nullable Object> values = new ArrayList<>();
        for (TypeCase one : cases) {
          List<Object> plain =
              one.values().stream()
                  .filter(value -> !(value instanceof io.millrace.testkit.arrow.Special))
                  .toList();
          values.add(random.nextInt(nulls) == 0 ? null : plain.get(random.nextInt(plain.size())));
        }
        some.add(new Row(values));
      }
      all.add(some);
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void everyTypeIsReadBack(Compression codec) throws Exception {
    List<List<Row>> batches = everyValue(new Random(1), 3, 500);
    ParquetOptions options = new ParquetOptions(codec, 1 << 20, 1 << 14, 1 << 14);
    PublishedTable table = roundTrip(everyType(), options, 1 << 19, batches);

    assertThat(table.schema().getFields())
        .extracting(Fields::typeOf)
        .containsExactlyElementsOf(
            everyType().getFields().stream().map(Fields::typeOf).map(f -> read(f)).toList());
    List<Row> expected = flat(batches);
    assertThat(table.rows()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(table.rows().get(i)).as("row " + i).isEqualTo(expected.get(i));
    }
  }

  @Test
  void manyShapesOfListsAndStructsAreReadBack() throws Exception {
    LogicalType pair =
        new LogicalType.Struct(
            List.of(
                new LogicalType.Part("x", new LogicalType.Int(32)),
                new LogicalType.Part("ys", new LogicalType.ListOf(new LogicalType.Text()))));
    Schema schema =
        new Schema(
            List.of(
                Fields.of("id", new LogicalType.Int(64)),
                Fields.of("pairs", new LogicalType.ListOf(pair)),
                Fields.of("deep", new LogicalType.ListOf(new LogicalType.ListOf(pair))),
                Fields.of("one", pair)));
    Random random = new Random(7);
    List<List<Row>> batches = new ArrayList<>();
    for (int batch = 0; batch < 4; batch++) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        rows.add(
            Row.of(
                (long) i,
                list(random, () -> pair(random)),
                list(random, () -> list(random, () -> pair(random))),
                pair(random)));
      }
      batches.add(rows);
    }
    PublishedTable table = roundTrip(schema, SMALL_PAGES, 1 << 17, batches);
    List<Row> expected = flat(batches);
    assertThat(table.rows()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(table.rows().get(i)).as("row " + i).isEqualTo(expected.get(i));
    }
  }

  private interface Make {
    @Nullable Object make();
  }

  private static @Nullable Object list(Random random, Make make) {
    int size = random.nextInt(6) - 1;
    if (size < 0) {
      return null;
    }
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(make.make());
    }
    return Collections.unmodifiableList(items);
  }

  private static @Nullable Object pair(Random random) {
    if (random.nextInt(5) == 0) {
      return null;
    }
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    parts.put("x", random.nextInt(4) == 0 ? null : (Object) (long) random.nextInt(100));
    parts.put("ys", list(random, () -> random.nextInt(4) == 0 ? null : "t" + random.nextInt(50)));
    return Collections.unmodifiableMap(parts);
  }

  @Test
  void columnsWithAndWithoutDictionaryAreReadBack() throws Exception {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("same", new LogicalType.Int(32)),
                Fields.of("few", new LogicalType.Text()),
                Fields.of("many, late", new LogicalType.Int(64)),
                Fields.of("distinct", new LogicalType.Text()),
                Fields.of("none", new LogicalType.Text()),
                Fields.of("runs", new LogicalType.Decimal(15, 2)),
                Fields.of("flag", new LogicalType.Bool())));
    List<List<Row>> batches = new ArrayList<>();
    Random random = new Random(3);
    for (int batch = 0; batch < 10; batch++) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        long at = batch * 5000L + i;
        rows.add(
            Row.of(
                7L,
                at % 97 == 0 ? null : "value " + random.nextInt(20),
                at < 25_000 ? at % 1000 : at,
                "text " + at,
                null,
                new BigDecimal(at / 300 + ".25"),
                at % 3 == 0));
      }
      batches.add(rows);
    }
    PublishedTable table = roundTrip(schema, SMALL_PAGES, 1 << 16, batches);
    assertThat(table.rows()).containsExactlyElementsOf(flat(batches));

    List<String> facts =
        facts("path_in_schema, max(dictionary_page_offset) IS NOT NULL", "path_in_schema");
    assertThat(facts).contains("same|true", "few|true", "distinct|false", "none|false");
    assertThat(facts("DISTINCT row_group_id", "")).hasSizeGreaterThan(1);
    assertThat(
            facts(
                "path_in_schema, min(stats_min_value), max(stats_max_value),"
                    + " sum(stats_null_count)::BIGINT",
                "path_in_schema"))
        .contains(
            "same|7|7|0",
            "few|value 0|value 9|516",
            "distinct|text 0|text 9999|0",
            "runs|0.25|99.25|0",
            "none|null|null|50000");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      assertThat(
              DuckDbReader.read(
                      connection,
                      "(SELECT count(*) AS n FROM read_parquet('%s') WHERE \"many, late\" = 49999)"
                          .formatted(folder.resolve("x.parquet")))
                  .rows())
          .as("a search by the statistics")
          .containsExactly(Row.of(1L));
    }
  }

  private List<String> facts(String what, String group) throws Exception {
    List<String> facts = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        java.sql.Statement statement = connection.createStatement();
        java.sql.ResultSet rows =
            statement.executeQuery(
                "SELECT %s FROM parquet_metadata('%s') %s"
                    .formatted(
                        what,
                        folder.resolve("x.parquet"),
                        group.isEmpty() ? "" : "GROUP BY " + group + " ORDER BY 1"))) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(rows.getString(i));
        }
        facts.add(String.join("|", values));
      }
    }
    return facts;
  }

  @Test
  void realsAndLargeDecimalsHaveARange() throws Exception {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("double", new LogicalType.Real(64)),
                Fields.of("float", new LogicalType.Real(32)),
                Fields.of("nan", new LogicalType.Real(64)),
                Fields.of("large", new LogicalType.Decimal(38, 0)),
                Fields.of("zero", new LogicalType.Real(64))));
    BigDecimal large = new BigDecimal("18446744073709551616");
    List<Row> rows =
        List.of(
            Row.of(1.5, 0.25f, Double.NaN, large, 0.0),
            Row.of(-2.5, 8.5f, 1.0, large.negate(), 0.0),
            Row.of(7.25, null, 2.0, BigDecimal.ONE.negate(), 0.0),
            Row.of(null, -1f, 3.0, BigDecimal.TWO, null));
    assertThat(roundTrip(schema, ParquetOptions.DEFAULT, 1 << 20, List.of(rows)).rows())
        .containsExactlyElementsOf(rows);
    assertThat(
            facts("path_in_schema, min(stats_min_value), max(stats_max_value)", "path_in_schema"))
        .containsExactlyInAnyOrder(
            "double|-2.5|7.25",
            "float|-1.0|8.5",
            "nan|null|null",
            "large|-18446744073709551616|18446744073709551616",
            "zero|-0.0|0.0");
  }

  @Test
  void refusedRowsAreLeftOut() throws Exception {
    Schema schema = new Schema(List.of(Fields.of("id", new LogicalType.Int(64))));
    Path file = folder.resolve("x.parquet");
    BitSet skip = new BitSet();
    skip.set(0, 2);
    skip.set(4);
    skip.set(9);
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 10; i++) {
      rows.add(Row.of(i));
    }
    try (OutputStream out = Files.newOutputStream(file);
        VectorSchemaRoot root = Batches.root(allocator, schema, rows)) {
      ParquetFileWriter writer =
          new ParquetFileWriter(out, schema, ParquetOptions.DEFAULT, () -> 1 << 20);
      writer.add(root, skip);
      writer.finish();
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      assertThat(DuckDbReader.read(connection, "read_parquet('" + file + "')").rows())
          .containsExactly(Row.of(2L), Row.of(3L), Row.of(5L), Row.of(6L), Row.of(7L), Row.of(8L));
    }
  }

  @Test
  void aFileWithoutRowsIsATable() throws Exception {
    PublishedTable table = roundTrip(everyType(), ParquetOptions.DEFAULT, 1 << 20, List.of());
    assertThat(table.rows()).isEmpty();
    assertThat(table.schema().getFields()).hasSameSizeAs(everyType().getFields());
  }

  @Test
  void largeValuesAndManyColumnsAreReadBack() throws Exception {
    List<Field> fields = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < 1600; i++) {
      fields.add(Fields.of("c" + i, new LogicalType.Text()));
      values.add(i % 10 == 0 ? "x".repeat(i * 100) : "small " + i);
    }
    List<List<Row>> batches = List.of(List.of(new Row(values)), List.of(new Row(values)));
    PublishedTable table = roundTrip(new Schema(fields), SMALL_PAGES, 1 << 20, batches);
    assertThat(table.rows()).containsExactlyElementsOf(flat(batches));
  }
}
