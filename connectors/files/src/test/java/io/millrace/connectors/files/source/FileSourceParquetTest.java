package io.millrace.connectors.files.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Bytes;
import io.millrace.testkit.arrow.Row;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files on a local disk, from configuration to rows. */
class FileSourceParquetTest {
  @RegisterExtension final AllocatorExtension memory = new AllocatorExtension();
  @TempDir Path folder;
  @TempDir Path temp;

  private FileReading open(Path file) {
    return FileReading.of(memory.allocator(), temp, file);
  }

  private Path write(String name, String query) throws SQLException {
    Path file = folder.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "COPY (" + query + ") TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    }
    return file;
  }

  @Test
  void everyTypeArrivesExactly() throws Exception {
    String uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    Path file =
        write(
            "t.parquet",
            """
            SELECT 255::UTINYINT u1, 65535::USMALLINT u2, 4294967295::UINTEGER u4,
              18446744073709551615::UBIGINT u8, (-128)::TINYINT i1, (-32768)::SMALLINT i2,
              (-2147483648)::INTEGER i4, (-9223372036854775808)::BIGINT i8, 0.1::FLOAT f4,
              'NaN'::DOUBLE f8, 1.25::DECIMAL(9,2) d9,
              12345678901234567890123456789012345.678::DECIMAL(38,3) d38, true b, 'é' t,
              '\\x00\\xFF'::BLOB bin, '%s'::UUID u, DATE '0001-02-03' d, TIME '23:59:59.999999' tm,
              TIMESTAMP '2024-01-01 10:00:00.123456' ts, '2024-01-01 10:00:00'::TIMESTAMP_MS tms,
              TIMESTAMPTZ '2024-01-01 10:00:00+02' tz,
              '2024-01-01 10:00:00.123456'::TIMESTAMP_NS whole,
              '2024-01-01 10:00:00.123456789'::TIMESTAMP_NS fine, [1, NULL, 3] l,
              {'a': 1.10::DECIMAL(20,10), 'b': 'x'} st, MAP {'k': 1} m, {'n': ['NaN'::DOUBLE, 1.5, '-Infinity'::DOUBLE], 's': 'x:NaN,"-Infinity'} nan,
              INTERVAL 1 DAY iv, '{"a": 1}'::JSON j
            UNION ALL SELECT %s
            """
                .formatted(uuid, "NULL, ".repeat(28) + "NULL"));
    try (FileReading reading = open(file)) {
      assertThat(reading.types().values())
          .containsExactly(
              "int16",
              "int32",
              "int64",
              "decimal(20,0)",
              "int8",
              "int16",
              "int32",
              "int64",
              "float32",
              "float64",
              "decimal(9,2)",
              "decimal(38,3)",
              "boolean",
              "text",
              "binary",
              "uuid",
              "date",
              "time",
              "timestamp",
              "timestamp",
              "timestamp with zone",
              "timestamp",
              "text",
              "json",
              "json",
              "json",
              "json",
              "text",
              "json");
      List<Row> rows = reading.rows();
      assertThat(rows.getFirst())
          .isEqualTo(
              Row.of(
                  255L,
                  65535L,
                  4294967295L,
                  new BigDecimal("18446744073709551615"),
                  -128L,
                  -32768L,
                  -2147483648L,
                  Long.MIN_VALUE,
                  0.1f,
                  Double.NaN,
                  new BigDecimal("1.25"),
                  new BigDecimal("12345678901234567890123456789012345.678"),
                  true,
                  "é",
                  Bytes.of(new byte[] {0, (byte) 0xFF}),
                  UUID.fromString(uuid),
                  LocalDate.of(1, 2, 3),
                  LocalTime.parse("23:59:59.999999"),
                  LocalDateTime.parse("2024-01-01T10:00:00.123456"),
                  LocalDateTime.parse("2024-01-01T10:00:00"),
                  Instant.parse("2024-01-01T08:00:00Z"),
                  LocalDateTime.parse("2024-01-01T10:00:00.123456"),
                  "2024-01-01 10:00:00.123456789",
                  "[1,null,3]",
                  "{\"a\":1.1000000000,\"b\":\"x\"}",
                  "{\"k\":1}",
                  "{\"n\":[\"NaN\",1.5,\"-Infinity\"],\"s\":\"x:NaN,\\\"-Infinity\"}",
                  "1 day",
                  "{\"a\": 1}"));
      assertThat(rows.get(1).values()).hasSize(29).containsOnlyNulls();
    }
  }

  private static List<Row> numbers(long from, long to) {
    List<Row> rows = new ArrayList<>();
    for (long i = from; i < to; i++) {
      rows.add(Row.of(i, "row " + i));
    }
    return rows;
  }

  @Test
  void isReadInRowGroupsAndResumesBehindEveryBatch() throws Exception {
    Path file = write("n.parquet", "SELECT i, 'row ' || i t FROM range(600000) r(i)");
    try (FileReading reading = open(file)) {
      ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      List<Partition> partitions = reading.source.plan(stream, null).partitions();
      assertThat(partitions).hasSizeGreaterThan(1);
      assertThat(partitions.stream().mapToLong(Partition::estimatedRows).sum()).isPositive();
      long next = 0;
      for (Partition partition : partitions) {
        Checkpoint checkpoint = null;
        boolean done = false;
        while (!done) {
          FileReading.Part part = reading.read(stream, partition, checkpoint, 700);
          assertThat(part.rows()).isEqualTo(numbers(next, next + part.rows().size()));
          next += part.rows().size();
          checkpoint = part.checkpoint();
          done = part.done();
        }
      }
      assertThat(next).isEqualTo(600_000);
    }
  }

  @Test
  void filesOfAPatternAreJoinedWithoutLoss() throws Exception {
    write("p-1.parquet", "SELECT 1::INTEGER n, 1.5::DECIMAL(4,1) d, 'x' t");
    write("p-2.parquet", "SELECT 3000000000::BIGINT n, 0.25::DECIMAL(6,2) d, DATE '2024-01-01' t");
    write("p-3.parquet", "SELECT 7::TINYINT n, true extra");
    try (FileReading reading =
        FileReading.of(
            memory.allocator(),
            temp,
            Map.of("url", folder + "/p-*.parquet", "dataset_name", "p"))) {
      assertThat(reading.types())
          .containsExactly(
              entry("n", "int64"),
              entry("d", "decimal(6,2)"),
              entry("t", "text"),
              entry("extra", "boolean"));
      assertThat(reading.rows())
          .containsExactlyInAnyOrder(
              Row.of(1L, new BigDecimal("1.50"), "x", null),
              Row.of(3_000_000_000L, new BigDecimal("0.25"), "2024-01-01", null),
              Row.of(7L, null, null, true));
    }
  }

  @Test
  void namesAndColumnsThatMeanSomethingToDuckDb() throws Exception {
    Path file =
        write(
            "plain.parquet",
            "SELECT i file_row_number, 'a''b' \"quo\"\"te\", i \"select\" FROM range(5000) r(i)");
    Path odd = folder.resolve("it's [odd]*{x}.parquet");
    Files.move(file, odd);
    try (FileReading reading = open(odd)) {
      ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      Partition partition = reading.source.plan(stream, null).partitions().getFirst();
      FileReading.Part first = reading.read(stream, partition, null, 2);
      FileReading.Part rest =
          reading.read(stream, partition, first.checkpoint(), Integer.MAX_VALUE);
      assertThat(first.rows().size() + rest.rows().size()).isEqualTo(5_000);
      assertThat(rest.rows().getLast()).isEqualTo(Row.of(4_999L, "a'b", 4_999L));
    }
  }

  @Test
  void tellsThatOldTimestampsAreReadToTheMicrosecond() throws Exception {
    Path file = folder.resolve("int96.parquet");
    try (InputStream made = getClass().getResourceAsStream("int96.parquet")) {
      Files.copy(Objects.requireNonNull(made), file);
    }
    try (FileReading reading = open(file)) {
      assertThat(reading.rows().getFirst())
          .isEqualTo(
              Row.of(
                  1L,
                  LocalDateTime.parse("2024-01-01T10:00:00.123456"),
                  LocalDateTime.parse("2024-01-01T10:00:00.123456")));
      assertThat(reading.notices)
          .anyMatch(
              notice ->
                  notice.code().equals("int96_microseconds") && notice.message().contains("whole"));
    }
  }

  @Test
  void namesWhatIsNoParquetFile() throws Exception {
    for (String text : List.of("", "PAR1", "a,b\n1,2\n".repeat(100))) {
      Path file = Files.write(folder.resolve("x.parquet"), text.getBytes(StandardCharsets.UTF_8));
      try (FileReading reading = open(file)) {
        assertThatThrownBy(reading::discover)
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("x.parquet");
      }
    }
  }
}
