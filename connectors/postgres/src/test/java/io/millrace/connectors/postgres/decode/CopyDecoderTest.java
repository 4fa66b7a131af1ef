package io.millrace.connectors.postgres.decode;

import static io.millrace.connectors.postgres.decode.CopyMessages.NULL;
import static io.millrace.connectors.postgres.decode.CopyMessages.first;
import static io.millrace.connectors.postgres.decode.CopyMessages.int4;
import static io.millrace.connectors.postgres.decode.CopyMessages.int8;
import static io.millrace.connectors.postgres.decode.CopyMessages.numeric;
import static io.millrace.connectors.postgres.decode.CopyMessages.row;
import static io.millrace.connectors.postgres.decode.CopyMessages.trailer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.SystemException;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.arrow.Special;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AllocatorExtension.class)
final class CopyDecoderTest {
  private static final CopyCollector.Bounds BOUNDS = new CopyCollector.Bounds(1 << 20, 300, 100);
  private static final long SEED = 20_261_121;

  @Test
  void aWideTableOfNullsTakesNoMoreRoomThanAnyOther(BufferAllocator allocator) {
    CopyCollector.Bounds usual = new CopyCollector.Bounds(4 << 20, 100_000, 128);
    List<Field> fields = new ArrayList<>();
    byte[][] nulls = new byte[1600][];
    for (int i = 0; i < nulls.length; i++) {
      fields.add(Fields.of("c" + i, new LogicalType.Int(64), true, null));
      nulls[i] = NULL;
    }
    try (CopyDecoder decoder =
        new CopyDecoder(new Schema(fields), Set.of(), allocator, usual, null)) {
      byte[] message = first(row(nulls));
      decoder.add(message, 0, message.length);
      assertThat(allocator.getAllocatedMemory()).isLessThan(16 << 20);
    }
  }

  @Test
  void aBatchOfRejectedRowsEnds(BufferAllocator allocator) {
    CopyCollector.Bounds usual = new CopyCollector.Bounds(4 << 20, 100_000, 12);
    Schema schema =
        new Schema(List.of(Fields.of("value", new LogicalType.Decimal(5, 2), true, null)));
    try (CopyDecoder decoder = new CopyDecoder(schema, Set.of(), allocator, usual, null)) {
      byte[] bad = row(numeric(new BigDecimal("1000.00")));
      int added = 0;
      for (byte[] message = first(bad); !decoder.full(); message = bad) {
        decoder.add(message, 0, message.length);
        added++;
        assertThat(added).isLessThan(3_000);
      }
      try (RecordBatch batch = decoder.take()) {
        assertThat(batch.rejected()).hasSizeGreaterThanOrEqualTo(1_000);
      }
    }
  }

  @Test
  void decimalsOfEveryPrecisionAreExact(BufferAllocator allocator) {
    Random random = new Random(SEED);
    for (int precision = 1; precision <= 38; precision++) {
      for (int scale = 0; scale <= precision; scale += 1 + random.nextInt(3)) {
        List<BigDecimal> values = decimals(random, precision, scale);
        List<byte[]> rows = values.stream().map(value -> row(numeric(value))).toList();
        assertThat(decode(allocator, new LogicalType.Decimal(precision, scale), rows))
            .as("numeric(%d,%d), seed %d", precision, scale, SEED)
            .isEqualTo(values.stream().map(value -> (Object) value).toList());
      }
    }
  }

  private static List<BigDecimal> decimals(Random random, int precision, int scale) {
    BigInteger largest = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    List<BigDecimal> values = new ArrayList<>();
    values.add(new BigDecimal(largest, scale));
    values.add(new BigDecimal(largest.negate(), scale));
    values.add(new BigDecimal(BigInteger.ZERO, scale));
    values.add(new BigDecimal(BigInteger.ONE, scale));
    values.add(new BigDecimal(BigInteger.ONE.negate(), scale));
    for (int i = 0; i < 40; i++) {
      BigInteger bits = new BigInteger(1 + random.nextInt(127), random).mod(largest);
      BigInteger signed = random.nextBoolean() ? bits : bits.negate();
      int zeros = random.nextInt(precision);
      values.add(
          new BigDecimal(
              signed.divide(BigInteger.TEN.pow(zeros)).multiply(BigInteger.TEN.pow(zeros)), scale));
    }
    return values;
  }

  @Test
  void aDecimalThatDoesNotFitIsRejected(BufferAllocator allocator) {
    List<byte[]> rows =
        List.of(
            row(numeric(new BigDecimal("1000.00"))),
            row(numeric(new BigDecimal("999.99"))),
            row(numeric(new BigDecimal("0.001"))),
            row(numeric(List.of(), 0, 0xD000, 0)),
            row(numeric(List.of(), 0, 0xC000, 0)));
    List<RejectedRow> rejected = new ArrayList<>();
    assertThat(decode(allocator, new LogicalType.Decimal(5, 2), rows, rejected))
        .containsExactly(new BigDecimal("999.99"), Special.NAN);
    assertThat(rejected)
        .extracting(RejectedRow::position)
        .containsExactlyInAnyOrder("row 1", "row 3", "row 4");
    assertThat(rejected).extracting(RejectedRow::column).containsOnly("value");
  }

  @Test
  void rejectedRowsLeaveTheOthersWhole(BufferAllocator allocator) {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("text", new LogicalType.Text()),
                Fields.of("at", new LogicalType.Timestamp()),
                Fields.of("number", new LogicalType.Int(32))));
    List<byte[]> rows = new ArrayList<>();
    List<Row> expected = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      boolean bad = i % 97 == 5;
      String text = i % 3 == 0 ? null : "row " + i;
      boolean empty = i % 5 == 0;
      byte[] at = empty ? NULL : int8(bad ? Long.MAX_VALUE - 1 : 0);
      rows.add(row(text == null ? NULL : utf8(text), at, i % 7 == 0 ? NULL : int4(i)));
      if (!bad || empty) {
        expected.add(
            Row.of(
                text,
                empty ? null : java.time.LocalDateTime.of(2000, 1, 1, 0, 0),
                i % 7 == 0 ? null : (long) i));
      }
    }
    List<Row> found = new ArrayList<>();
    List<RejectedRow> rejected = new ArrayList<>();
    try (CopyDecoder decoder = new CopyDecoder(schema, Set.of(), allocator, BOUNDS, null)) {
      feed(decoder, rows, found, rejected);
      assertThat(decoder.rowsSeen()).isEqualTo(700);
    }
    assertThat(found).isEqualTo(expected);
    assertThat(rejected).hasSize(700 - expected.size());
    assertThat(rejected.getFirst().position()).isEqualTo("row 103");
  }

  @Test
  void theHiddenColumnIsToldOnceForEachRow(BufferAllocator allocator) {
    Schema schema = new Schema(List.of(Fields.of("at", new LogicalType.TimestampTz())));
    List<Integer> told = new ArrayList<>();
    RowListener listener = (bytes, at) -> told.add(Wire.int4(bytes, at));
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      rows.add(row(int8(i == 300 ? Long.MAX_VALUE - 1 : i), int4(i)));
    }
    try (CopyDecoder decoder = new CopyDecoder(schema, Set.of(), allocator, BOUNDS, listener)) {
      feed(decoder, rows, new ArrayList<>(), new ArrayList<>());
    }
    assertThat(told).hasSize(600).doesNotHaveDuplicates();
  }

  @Test
  void textsGrowBeyondTheRoomThatWasMade(BufferAllocator allocator) {
    List<byte[]> rows = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String text = "ü".repeat(i * 7);
      rows.add(row(utf8(text)));
      expected.add(text);
    }
    assertThat(decode(allocator, new LogicalType.Text(), rows)).isEqualTo(expected);
  }

  @Test
  void jsonbLosesItsVersionAndVectorsKeepTheirFloats(BufferAllocator allocator) {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("json", new LogicalType.Json()),
                Fields.of("vector", new LogicalType.Vector(2))));
    List<Row> found = new ArrayList<>();
    List<RejectedRow> rejected = new ArrayList<>();
    try (CopyDecoder decoder = new CopyDecoder(schema, Set.of("json"), allocator, BOUNDS, null)) {
      feed(
          decoder,
          List.of(
              row(utf8("\u0001{\"a\": 1}"), CopyMessages.vector(2, 1.5f, -0f)),
              row(NULL, NULL),
              row(utf8("\u0001[]"), CopyMessages.vector(3, 1f, 2f, 3f))),
          found,
          rejected);
    }
    assertThat(found).containsExactly(Row.of("{\"a\": 1}", List.of(1.5f, -0f)), Row.of(null, null));
    assertThat(rejected).singleElement().extracting(RejectedRow::column).isEqualTo("vector");
  }

  @Test
  void whatIsNotACopyIsRefused(BufferAllocator allocator) {
    Schema schema = new Schema(List.of(Fields.of("value", new LogicalType.Int(32))));
    for (List<byte[]> messages :
        List.of(
            List.of(utf8("1\t2\n")),
            List.of(first(row(int4(1), int4(2)))),
            List.of(first(row(int4(1))), trailer(), row(int4(2))))) {
      try (CopyDecoder decoder = new CopyDecoder(schema, Set.of(), allocator, BOUNDS, null)) {
        assertThatThrownBy(() -> messages.forEach(row -> add(decoder, row)))
            .isInstanceOf(SystemException.class)
            .hasMessageContaining("The server sent");
      }
    }
  }

  @Test
  void aValueOfAnotherWidthIsRejected(BufferAllocator allocator) {
    List<RejectedRow> rejected = new ArrayList<>();
    assertThat(
            decode(
                allocator, new LogicalType.Int(32), List.of(row(int8(1)), row(int4(2))), rejected))
        .containsExactly(2L);
    assertThat(rejected).hasSize(1);
  }

  private static List<@Nullable Object> decode(
      BufferAllocator allocator, LogicalType type, List<byte[]> rows) {
    List<RejectedRow> rejected = new ArrayList<>();
    List<@Nullable Object> values = decode(allocator, type, rows, rejected);
    assertThat(rejected).isEmpty();
    return values;
  }

  private static List<@Nullable Object> decode(
      BufferAllocator allocator, LogicalType type, List<byte[]> rows, List<RejectedRow> rejected) {
    Field field = Fields.of("value", type);
    List<Row> found = new ArrayList<>();
    try (CopyDecoder decoder =
        new CopyDecoder(new Schema(List.of(field)), Set.of(), allocator, BOUNDS, null)) {
      feed(decoder, rows, found, rejected);
    }
    List<@Nullable Object> values = new ArrayList<>();
    found.forEach(one -> values.add(one.get(0)));
    return values;
  }

  private static void feed(
      CopyDecoder decoder, List<byte[]> rows, List<Row> found, List<RejectedRow> rejected) {
    for (int i = 0; i < rows.size(); i++) {
      add(decoder, i == 0 ? first(rows.get(i)) : rows.get(i));
      if (decoder.full()) {
        take(decoder, found, rejected);
      }
    }
    add(decoder, trailer());
    assertThat(decoder.ended()).isTrue();
    take(decoder, found, rejected);
  }

  private static void add(CopyDecoder decoder, byte[] message) {
    decoder.add(message, 0, message.length);
  }

  private static void take(CopyDecoder decoder, List<Row> found, List<RejectedRow> rejected) {
    try (RecordBatch batch = decoder.take()) {
      found.addAll(Batches.rows(batch));
      rejected.addAll(batch.rejected());
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
