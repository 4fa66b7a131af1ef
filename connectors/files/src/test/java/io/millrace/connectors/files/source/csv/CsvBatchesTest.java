package io.millrace.connectors.files.source.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.files.source.fetch.InputWindow;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.Tuning;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBatchesTest {
  private static final int SEEDS = 60;
  private static final Tuning SMALL = new Tuning(1 << 12, 64, 1, 0);

  @RegisterExtension final AllocatorExtension memory = new AllocatorExtension();

  /** Everything that a reader returns. */
  private record Read(List<Row> rows, List<RejectedRow> rejected, long offset, long line) {}

  private Read read(CsvTable table, byte[] text, Position from, long end, int chunkBytes)
      throws IOException, InterruptedException {
    int start = Math.toIntExact(from.offset());
    ByteArrayInputStream input = new ByteArrayInputStream(text, start, text.length - start);
    InputWindow window = new InputWindow(input, end - from.offset(), chunkBytes);
    List<Row> rows = new ArrayList<>();
    List<RejectedRow> rejected = new ArrayList<>();
    try (CsvBatches batches =
        new CsvBatches(table, memory.allocator(), SMALL, window, from.offset(), from.line())) {
      while (true) {
        try (RecordBatch batch = batches.next()) {
          if (batch == null) {
            break;
          }
          assertThat(batch.rowCount()).isLessThanOrEqualTo(SMALL.batchRowsMax());
          assertThat(batch.rejected()).hasSizeLessThan(3_000);
          rows.addAll(Batches.rows(batch));
          rejected.addAll(batch.rejected());
        }
      }
      return new Read(rows, rejected, batches.offset(), batches.line());
    }
  }

  private static CsvTable texts(Dialect dialect, int fields) {
    List<Field> columns =
        IntStream.range(0, fields)
            .mapToObj(i -> Fields.of("c" + i, new LogicalType.Text()))
            .toList();
    List<Integer> places = IntStream.range(0, fields).boxed().toList();
    return new CsvTable(dialect, fields, columns, places, NullTexts.NONE, "t.csv", "UTF-8");
  }

  private static List<Dialect> dialects() {
    Dialect common = Dialect.COMMON;
    return List.of(
        common,
        common.withSeparator((byte) ';'),
        common.withSeparator((byte) '\t'),
        common.withNewline(Dialect.CARRIAGE_RETURN),
        new Dialect((byte) '|', '\'', Dialect.NONE, (byte) '\n', Dialect.Empty.ROW),
        new Dialect((byte) ',', Dialect.NONE, Dialect.NONE, (byte) '\n', Dialect.Empty.ROW),
        new Dialect((byte) ',', '"', '\\', (byte) '\n', Dialect.Empty.ROW),
        new Dialect((byte) ',', Dialect.NONE, '\\', (byte) '\n', Dialect.Empty.ROW));
  }

  @Test
  void readsWhatWasMeantWhereverTheBufferEnds() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Dialect dialect = dialects().get(seed % dialects().size());
      UglyCsv csv = new UglyCsv(seed, dialect, 1 + seed % 5, 80, false);
      byte[] text = csv.bytes();
      for (int chunk : new int[] {1, 2, 3, 7, 8, 9, 64, 1000, 1 << 16}) {
        Read read = read(texts(dialect, csv.fields), text, Position.START, Long.MAX_VALUE, chunk);

        List<Row> expected = csv.rows.stream().map(UglyCsv.Expected::row).toList();
        assertThat(read.rows).as("seed %s, chunk %s", seed, chunk).isEqualTo(expected);
        assertThat(read.rejected.stream().map(RejectedRow::position).toList())
            .containsExactlyInAnyOrderElementsOf(
                csv.malformedLines.stream().map(line -> "t.csv line " + line).toList());
        assertThat(read.offset).isEqualTo(text.length);
      }
    }
  }

  @Test
  void resumesAtEveryRecordWithTheRightLine() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Dialect dialect = dialects().get(seed % dialects().size());
      UglyCsv csv = new UglyCsv(seed, dialect, 3, 25, true);
      CsvTable table = texts(dialect, csv.fields);
      byte[] text = csv.bytes();
      for (int i = 0; i < csv.rows.size(); i++) {
        UglyCsv.Expected at = csv.rows.get(i);
        Read before = read(table, text, Position.START, at.offset(), 64);
        assertThat(before.rows).hasSize(i);
        assertThat(before.offset).isEqualTo(at.offset());
        assertThat(before.line).isEqualTo(at.line());
        Read rest = read(table, text, new Position(at.offset(), at.line()), Long.MAX_VALUE, 64);
        assertThat(rest.rows)
            .isEqualTo(
                csv.rows.subList(i, csv.rows.size()).stream().map(UglyCsv.Expected::row).toList());
      }
    }
  }

  @Test
  void rangesOfAnySizeAreTheWholeText() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Dialect dialect = dialects().get(seed % 5);
      UglyCsv csv = new UglyCsv(1_000 + seed, dialect, 4, 60, seed % 3 > 0);
      CsvTable table = texts(dialect, csv.fields);
      byte[] text = csv.bytes();
      Read whole = read(table, text, Position.START, Long.MAX_VALUE, 1 << 16);
      for (int distance : new int[] {1, 5, 17, 64, 300}) {
        List<Position> cuts =
            new RangeCutter(dialect, distance).cut(new ByteArrayInputStream(text), Position.START);
        List<Row> rows = new ArrayList<>();
        List<RejectedRow> rejected = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
          long end = i + 1 < cuts.size() ? cuts.get(i + 1).offset() : text.length;
          Read part = read(table, text, cuts.get(i), end, 64);
          assertThat(part.offset).isEqualTo(end);
          rows.addAll(part.rows);
          rejected.addAll(part.rejected);
        }
        assertThat(rows).as("seed %s, distance %s", seed, distance).isEqualTo(whole.rows);
        assertThat(rejected).containsExactlyInAnyOrderElementsOf(whole.rejected);
        if (csv.malformedLines.isEmpty() && csv.rows.size() > 10) {
          assertThat(cuts).hasSizeGreaterThan(1);
        }
      }
    }
  }

  @Test
  void aRecordLongerThanAnyIsLeftOutAndTheNextIsRead() throws Exception {
    byte[] text = new byte[InputWindow.RECORD_BYTES_MAX + (1 << 20)];
    java.util.Arrays.fill(text, (byte) 'x');
    byte[] tail = "\nlast,row\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(tail, 0, text, text.length - tail.length, tail.length);

    Read read =
        read(
            texts(Dialect.COMMON, 2),
            text,
            Position.START,
            Long.MAX_VALUE,
            InputWindow.CHUNK_BYTES);

    assertThat(read.rows).containsExactly(Row.of("last", "row"));
    assertThat(read.rejected)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.position()).isEqualTo("t.csv line 1");
              assertThat(row.reason()).contains("longer than 32 MiB");
            });
    assertThat(read.line).isEqualTo(3);
  }

  @Test
  void anUnclosedQuoteCostsOneLine() throws Exception {
    String text = "a,b\n1,\"open\n2,fine\n3,fine too\n";

    Read read = readText(text, texts(Dialect.COMMON, 2), 16);

    assertThat(read.rows)
        .containsExactly(Row.of("a", "b"), Row.of("2", "fine"), Row.of("3", "fine too"));
    assertThat(read.rejected)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.position()).isEqualTo("t.csv line 2");
              assertThat(row.value()).isEqualTo("1,\"open");
            });
  }

  private Read readText(String text, CsvTable table, int chunk) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return read(table, bytes, Position.START, Long.MAX_VALUE, chunk);
  }

  private static CsvTable typed(LogicalType type) {
    return new CsvTable(
        Dialect.COMMON,
        2,
        List.of(Fields.of("v", type), Fields.of("t", new LogicalType.Text())),
        List.of(0, 1),
        NullTexts.NONE,
        "t.csv",
        "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 1 << 16})
  void valuesThatDoNotFitLeaveWithTheirRow(int chunk) throws Exception {
    Read read =
        readText(
            "1,a\n007,b\n,c\n\"\",d\n\"-5\",e\n9e3,f\n2,\n3,\"\"\n",
            typed(new LogicalType.Int(64)),
            chunk);

    assertThat(read.rows)
        .containsExactly(
            Row.of(1L, "a"),
            Row.of(null, "c"),
            Row.of(null, "d"),
            Row.of(-5L, "e"),
            Row.of(2L, null),
            Row.of(3L, ""));
    assertThat(
            read.rejected.stream()
                .map(row -> row.position() + " " + row.column() + " " + row.value()))
        .containsExactly("t.csv line 2 v 007", "t.csv line 6 v 9e3");
    assertThat(read.rejected.getFirst().reason()).contains("int64");
  }

  @Test
  void everyTypeHasItsDecoder() throws Exception {
    record Case(LogicalType type, String text, Object value) {}
    List<Case> cases =
        List.of(
            new Case(new LogicalType.Bool(), "true", true),
            new Case(new LogicalType.Int(64), "-9223372036854775808", Long.MIN_VALUE),
            new Case(new LogicalType.Real(64), "1.5e3", 1500.0),
            new Case(new LogicalType.Decimal(18, 2), "12.5", new java.math.BigDecimal("12.50")),
            new Case(
                new LogicalType.Decimal(38, 4),
                "-1234567890123456789012345678901234.5678",
                new java.math.BigDecimal("-1234567890123456789012345678901234.5678")),
            new Case(new LogicalType.Date(), "2024-02-29", java.time.LocalDate.of(2024, 2, 29)),
            new Case(
                new LogicalType.Timestamp(),
                "2024-02-29 01:02:03.5",
                java.time.LocalDateTime.parse("2024-02-29T01:02:03.5")),
            new Case(
                new LogicalType.TimestampTz(),
                "2024-02-29T01:02:03+01:00",
                java.time.Instant.parse("2024-02-29T00:02:03Z")),
            new Case(new LogicalType.Text(), "é\u2028😀", "é\u2028😀"));
    for (Case one : cases) {
      String text = one.text + ",a\n,b\nnot it,c\n\"" + one.text + "\",d\n";
      Read read = readText(text, typed(one.type), 1 << 16);

      boolean any = one.type instanceof LogicalType.Text;
      List<Row> expected = new ArrayList<>(List.of(Row.of(one.value, "a"), Row.of(null, "b")));
      if (any) {
        expected.add(Row.of("not it", "c"));
      }
      expected.add(Row.of(one.value, "d"));
      assertThat(read.rows).as(one.type.display()).isEqualTo(expected);
      assertThat(read.rejected).hasSize(any ? 0 : 1);
    }
  }

  @Test
  void malformedUtf8LeavesWithItsRow() throws Exception {
    byte[] text = "a,b\nx,y\nc,d\n".getBytes(StandardCharsets.UTF_8);
    text[4] = (byte) 0xC3;

    Read read = read(texts(Dialect.COMMON, 2), text, Position.START, Long.MAX_VALUE, 64);

    assertThat(read.rows).containsExactly(Row.of("a", "b"), Row.of("c", "d"));
    assertThat(read.rejected)
        .singleElement()
        .satisfies(row -> assertThat(row.reason()).contains("not valid UTF-8"));
  }

  @Test
  void manyRejectedRowsAreSpreadOverBatches() throws Exception {
    String text = String.join("", Collections.nCopies(50_000, "only one field\n")) + "a,b\n";

    Read read = readText(text, texts(Dialect.COMMON, 2), 1 << 20);

    assertThat(read.rows).containsExactly(Row.of("a", "b"));
    assertThat(read.rejected).hasSize(50_000);
    assertThat(read.rejected.getLast().position()).isEqualTo("t.csv line 50000");
  }

  @Test
  void nullTextsAndAbsentColumns() throws Exception {
    CsvTable table =
        new CsvTable(
            Dialect.COMMON,
            2,
            List.of(
                Fields.of("missing", new LogicalType.Date()),
                Fields.of("second", new LogicalType.Text()),
                Fields.of("first", new LogicalType.Int(64))),
            List.of(-1, 1, 0),
            new NullTexts(List.of("NA", "-")),
            "t.csv",
            "UTF-8");

    Read read = readText("1,x\nNA,-\n2,\"NA\"\n3,NAN\n", table, 64);

    assertThat(read.rows)
        .containsExactly(
            Row.of(null, "x", 1L),
            Row.of(null, null, null),
            Row.of(null, null, 2L),
            Row.of(null, "NAN", 3L));
    assertThat(read.rejected).isEmpty();
  }
}
