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
import io.millrace.testkit.arrow.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON files on a local disk, from configuration to rows. */
class FileSourceJsonTest {
  private static final String FIRST =
      """
      {"id": 1, "zip": "00123", "big": 18446744073709551616, "total": 10.50, "rate": 1e-3,
       "ok": true, "day": "2024-02-29", "at": "2024-01-01T10:00", "seen": "2024-01-01T10:00:00+02",
       "note": null, "tags": [1, {"a": "x"}], "mixed": 1}""";
  private static final String SECOND =
      """
      {"id": 2, "total": 0.125, "rate": 2, "extra": {"deep": [true, null]}, "mixed": "1",
       "tags": "plain", "zip": "12345"}""";

  @RegisterExtension final AllocatorExtension memory = new AllocatorExtension();
  @TempDir Path folder;
  @TempDir Path temp;

  private FileReading open(Path file) {
    return FileReading.of(memory.allocator(), temp, file);
  }

  private Path file(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String oneLine(String json) {
    return json.replace("\n", "");
  }

  /** A destination may refuse a row that could be read; its line is known then. */
  @Test
  void everyRowKnowsItsLine() throws Exception {
    try (FileReading reading =
        open(file("p.jsonl", "{\"n\":1}\n\n{\"n\":2}\nno\n{\"n\":3}\n{\"n\":4}"))) {
      assertThat(reading.rows()).hasSize(4);
      assertThat(reading.positions)
          .containsExactly("p.jsonl line 1", "p.jsonl line 3", "p.jsonl line 5", "p.jsonl line 6");
    }
    try (FileReading reading = open(file("d.json", "[{\"n\":1},\n{\"n\":2},\n\n{\"n\":\n3}]"))) {
      assertThat(reading.rows()).hasSize(3);
      assertThat(reading.positions)
          .containsExactly("d.json line 1", "d.json line 2", "d.json line 4");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.json [%s, %s]",
        "b.json %s\n%s",
        "c.jsonl %s\n\n%s\n",
        "d.ndjson \uFEFF%s\r\n  %s",
        "e.json \uFEFF[%s,\n%s]\n",
        "f.json %s %s",
        "g.json [%s][%s]"
      })
  void findsTypesThatChangeNothing(String form) throws Exception {
    String name = form.substring(0, form.indexOf(' '));
    boolean lines = !name.endsWith(".json");
    String text =
        form.substring(form.indexOf(' ') + 1)
            .formatted(lines ? oneLine(FIRST) : FIRST, lines ? oneLine(SECOND) : SECOND);
    try (FileReading reading = open(file(name, text))) {
      assertThat(reading.types())
          .containsExactly(
              entry("id", "int64"),
              entry("zip", "text"),
              entry("big", "text"),
              entry("total", "decimal(18,3)"),
              entry("rate", "float64"),
              entry("ok", "boolean"),
              entry("day", "date"),
              entry("at", "timestamp"),
              entry("seen", "timestamp with zone"),
              entry("note", "text"),
              entry("tags", "json"),
              entry("mixed", "text"),
              entry("extra", "json"));
      assertThat(reading.rows())
          .containsExactly(
              Row.of(
                  1L,
                  "00123",
                  "18446744073709551616",
                  new BigDecimal("10.500"),
                  0.001,
                  true,
                  LocalDate.of(2024, 2, 29),
                  LocalDateTime.of(2024, 1, 1, 10, 0),
                  Instant.parse("2024-01-01T08:00:00Z"),
                  null,
                  "[1,{\"a\":\"x\"}]",
                  "1",
                  null),
              Row.of(
                  2L,
                  "12345",
                  null,
                  new BigDecimal("0.125"),
                  2.0,
                  null,
                  null,
                  null,
                  null,
                  null,
                  "\"plain\"",
                  "1",
                  "{\"deep\":[true,null]}"));
      assertThat(reading.rejected).isEmpty();
    }
  }

  @Test
  void aLineThatIsNoObjectIsRejectedAlone() throws Exception {
    String text = "{\"a\": 1}\n{\"a\": \n[2]\n7\n{\"a\": 3} x\n\n{\"a\": 4}";
    try (FileReading reading = open(file("x.jsonl", text))) {
      assertThat(reading.rows()).containsExactly(Row.of(1L), Row.of(4L));
      assertThat(reading.rejected.stream().map(row -> row.position()))
          .containsExactly("x.jsonl line 2", "x.jsonl line 3", "x.jsonl line 4", "x.jsonl line 5");
    }
  }

  @Test
  void aValueInAnArrayThatIsNoObjectIsRejectedAlone() throws Exception {
    try (FileReading reading = open(file("x.json", "[{\"a\": 1},\n2,\n{\"a\": 3}, [4]]"))) {
      assertThat(reading.rows()).containsExactly(Row.of(1L), Row.of(3L));
      assertThat(reading.rejected.stream().map(row -> row.position()))
          .containsExactly("x.json line 2", "x.json line 3");
    }
  }

  @Test
  void invalidJsonIsNamedWithItsLine() throws Exception {
    try (FileReading reading = open(file("x.json", "[{\"a\": 1},\n{\"a\" 2}]"))) {
      assertThatThrownBy(reading::rows)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("x.json")
          .hasMessageContaining("in line 2");
    }
    try (FileReading reading = open(file("y.json", "[1, 2]"))) {
      assertThatThrownBy(reading::rows)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("no JSON object with a key");
    }
    try (FileReading reading = open(file("z.json", ""))) {
      assertThatThrownBy(reading::rows)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is empty");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.jsonl", "x.json"})
  void resumesBehindEveryBatch(String name) throws Exception {
    StringBuilder text = new StringBuilder();
    List<Row> expected = new ArrayList<>();
    for (long i = 0; i < 1_000; i++) {
      text.append("{\"n\": ").append(i).append(", \"t\": \"row ").append(i).append("\"}\n");
      expected.add(Row.of(i, "row " + i));
    }
    try (FileReading reading = open(file(name, text.toString()))) {
      ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      Partition partition = reading.source.plan(stream, null).partitions().getFirst();
      List<Row> rows = new ArrayList<>();
      Checkpoint checkpoint = null;
      boolean done = false;
      int reads = 0;
      while (!done) {
        FileReading.Part part = reading.read(stream, partition, checkpoint, 1);
        rows.addAll(part.rows());
        checkpoint = part.checkpoint();
        done = part.done();
        reads++;
      }
      assertThat(rows).isEqualTo(expected);
      assertThat(reads).isGreaterThan(5);
    }
  }

  @Test
  void aKeyThatWasNotSeenSendsItsRowToQuarantineUnlessColumnsAreSelected() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 150_000; i++) {
      text.append("{\"id\": ").append(i).append(", \"padding\": \"").append("x".repeat(1_000));
      text.append(i == 75_321 ? "\", \"late\": 1}\n" : "\"}\n");
    }
    try (FileReading reading = open(file("big.jsonl", text.toString()))) {
      ConfiguredStream all = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      assertThat(all.columns()).containsExactly("id", "padding");
      ConfiguredStream some =
          new ConfiguredStream(
              all.name(), List.of("id"), all.mode(), null, List.of(), all.exactSystems());
      assertThat(reading.rows(some, reading.source.plan(some, null))).hasSize(150_000);
      assertThat(reading.rejected).isEmpty();
      assertThat(reading.source.plan(all, null).partitions()).hasSizeGreaterThan(2);
      assertThat(reading.rows(all, reading.source.plan(all, null))).hasSize(149_999);
      assertThat(reading.rejected)
          .singleElement()
          .satisfies(row -> assertThat(row.position()).isEqualTo("big.jsonl line 75322"));
    }
    try (FileReading reading =
        FileReading.of(
            memory.allocator(),
            temp,
            Map.of("url", folder.resolve("big.jsonl").toString(), "inference", "full"))) {
      assertThat(reading.types().keySet()).containsExactly("id", "padding", "late");
    }
  }
}
