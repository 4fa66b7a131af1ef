package io.millrace.testkit.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.RecordBatch;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.math.BigDecimal;
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
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AllocatorExtension.class)
final class BatchesTest {
  private static final LogicalType.Struct PERSON =
      new LogicalType.Struct(
          List.of(
              new LogicalType.Part("name", new LogicalType.Text()),
              new LogicalType.Part("born", new LogicalType.Date())));

  private record Column(LogicalType type, List<@Nullable Object> values) {}

  @Test
  void everyTypeComesBackExactly(BufferAllocator allocator) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(new LogicalType.Bool(), Arrays.asList(true, null, false)));
    columns.add(new Column(new LogicalType.Int(8), Arrays.asList(-128L, null, 127L)));
    columns.add(new Column(new LogicalType.Int(16), Arrays.asList(-32_768L, null, 32_767L)));
    columns.add(
        new Column(new LogicalType.Int(32), Arrays.asList(-2_147_483_648L, null, 2_147_483_647L)));
    columns.add(
        new Column(new LogicalType.Int(64), Arrays.asList(Long.MIN_VALUE, null, Long.MAX_VALUE)));
    columns.add(new Column(new LogicalType.Real(32), Arrays.asList(Float.NaN, null, -0.0f)));
    columns.add(
        new Column(
            new LogicalType.Real(64),
            Arrays.asList(Double.NEGATIVE_INFINITY, null, Double.MIN_VALUE)));
    columns.add(
        new Column(
            new LogicalType.Decimal(38, 4),
            Arrays.asList(
                new BigDecimal("9999999999999999999999999999999999.9999"), null, Special.NAN)));
    columns.add(
        new Column(
            new LogicalType.Date(),
            Arrays.asList(LocalDate.of(-4712, 1, 1), null, Special.INFINITY)));
    columns.add(
        new Column(
            new LogicalType.Time(),
            Arrays.asList(LocalTime.of(23, 59, 59, 999_999_000), null, Special.END_OF_DAY)));
    columns.add(
        new Column(
            new LogicalType.Timestamp(),
            Arrays.asList(
                LocalDateTime.of(-1, 2, 3, 4, 5, 6, 7_000), null, Special.MINUS_INFINITY)));
    columns.add(
        new Column(
            new LogicalType.TimestampTz(),
            Arrays.asList(Instant.parse("1969-12-31T23:59:59.999999Z"), null, Special.INFINITY)));
    columns.add(new Column(new LogicalType.Text(), Arrays.asList("", null, "ı\u0000😀")));
    columns.add(
        new Column(
            new LogicalType.Binary(),
            Arrays.asList(Bytes.of(new byte[0]), null, new Bytes("00ff"))));
    columns.add(new Column(new LogicalType.Json(), Arrays.asList("{\"a\": 1.50}", null, "null")));
    columns.add(
        new Column(
            new LogicalType.Uuid(),
            Arrays.asList(new UUID(-1, 1), null, new UUID(0, Long.MIN_VALUE))));
    columns.add(
        new Column(
            new LogicalType.ListOf(new LogicalType.ListOf(new LogicalType.Int(32))),
            Arrays.asList(
                List.of(List.of(1L, 2L), List.of()), null, Arrays.asList(null, List.of(3L)))));
    columns.add(
        new Column(
            PERSON,
            Arrays.asList(
                Map.of("name", "Ada", "born", LocalDate.of(1815, 12, 10)),
                null,
                person(null, null))));
    columns.add(
        new Column(
            new LogicalType.Vector(2),
            Arrays.asList(List.of(1.5f, -2f), null, List.of(0f, Float.NaN))));
    Schema schema = schema(columns.stream().map(Column::type).toList());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (Column column : columns) {
        row.add(column.values().get(i));
      }
      rows.add(new Row(row));
    }
    try (RecordBatch batch = Batches.batch(allocator, schema, rows)) {
      assertThat(Batches.rows(batch)).isEqualTo(rows);
    }
  }

  @Test
  void refusesToRound(BufferAllocator allocator) {
    Schema schema = schema(List.of(new LogicalType.Decimal(5, 1)));
    assertThatThrownBy(
            () -> Batches.root(allocator, schema, List.of(Row.of(new BigDecimal("1.25")))))
        .hasMessageContaining("1.25");
  }

  @Test
  void refusesWhatDoesNotFit(BufferAllocator allocator) {
    Schema schema = schema(List.of(new LogicalType.Int(8)));
    assertThatThrownBy(() -> Batches.root(allocator, schema, List.of(Row.of(128L))))
        .hasMessageContaining("128");
  }

  private static Map<String, @Nullable Object> person(
      @Nullable String name, @Nullable LocalDate born) {
    Map<String, @Nullable Object> person = new LinkedHashMap<>();
    person.put("name", name);
    person.put("born", born);
    return person;
  }

  private static Schema schema(List<LogicalType> types) {
    return new Schema(types.stream().map(type -> Fields.of(type.display(), type)).toList());
  }
}
