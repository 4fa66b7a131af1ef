package io.millrace.connectors.files.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.github.luben.zstd.Zstd;
import io.millrace.spi.ConfigException;
import io.millrace.spi.StreamName;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files on a local disk, from configuration to rows. */
class FileSourceCsvTest {
  @RegisterExtension final AllocatorExtension memory = new AllocatorExtension();
  @TempDir Path folder;
  @TempDir Path temp;

  private FileReading open(Map<String, Object> config) {
    return FileReading.of(memory.allocator(), temp, config);
  }

  private FileReading open(Path file) {
    return FileReading.of(memory.allocator(), temp, file);
  }

  private FileReading open(Path file, String readerOptions) {
    return open(Map.of("url", file.toString(), "reader_options", readerOptions));
  }

  private Path file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String name, byte[] bytes) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.write(path, bytes);
  }

  @Test
  void findsTypesThatChangeNothing() throws Exception {
    Path file =
        file(
            "orders.csv",
            """
            id,zip,big,total,rate,active,day,at,seen,na,note,version,none
            1,00123,18446744073709551616,10.50,1e-3,true,2024-02-29,2024-01-01 10:00:00,2024-01-01T10:00:00Z,NA,x,1,
            2,4567,1,0.125,2,false,2023-01-01,2024-01-01,2024-01-01T10:00:00+02:00,7,null,-0,
            """);
    try (FileReading reading = open(file)) {
      assertThat(reading.discover().name()).isEqualTo(new StreamName(null, "orders"));
      assertThat(reading.types())
          .containsExactly(
              entry("id", "int64"),
              entry("zip", "text"),
              entry("big", "text"),
              entry("total", "decimal(18,3)"),
              entry("rate", "float64"),
              entry("active", "boolean"),
              entry("day", "date"),
              entry("at", "timestamp"),
              entry("seen", "timestamp with zone"),
              entry("na", "text"),
              entry("note", "text"),
              entry("version", "text"),
              entry("none", "text"));
      List<Row> rows = reading.rows();
      assertThat(rows).hasSize(2);
      assertThat(rows.getFirst().values().subList(0, 7))
          .isEqualTo(
              Row.of(
                      1L,
                      "00123",
                      "18446744073709551616",
                      new BigDecimal("10.500"),
                      0.001,
                      true,
                      LocalDate.of(2024, 2, 29))
                  .values());
      assertThat(rows.get(1).get(9)).isEqualTo("7");
      assertThat(rows.get(1).get(10)).isEqualTo("null");
      assertThat(reading.rejected).isEmpty();
    }
  }

  @Test
  void anEmptyFileIsAReadableErrorAndAHeaderAloneIsAnEmptyTable() throws Exception {
    try (FileReading reading = open(file("empty.csv", ""))) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("empty.csv")
          .hasMessageContaining("is empty");
    }
    try (FileReading reading = open(file("head.csv", "a,b\n"))) {
      assertThat(reading.types()).containsExactly(entry("a", "text"), entry("b", "text"));
      assertThat(reading.rows()).isEmpty();
    }
  }

  @Test
  void raggedRowsAreRejectedWithTheirLine() throws Exception {
    try (FileReading reading = open(file("orders.csv", "a,b\n1,2\n3\n\n4,5,6\n\"x\ny\",7\n8\n"))) {
      assertThat(reading.rows()).hasSize(2);
      assertThat(reading.rejected.stream().map(row -> row.position() + ": " + row.value()))
          .containsExactly(
              "orders.csv line 3: 3", "orders.csv line 5: 4,5,6", "orders.csv line 8: 8");
    }
  }

  private static byte[] packed(String kind, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    switch (kind) {
      case "gz" -> {
        // In two parts, as log rotation makes them.
        for (int half = 0; half < 2; half++) {
          try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            int middle = content.length / 2;
            gzip.write(content, half * middle, half == 0 ? middle : content.length - middle);
          }
        }
      }
      case "zip" -> {
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
          zip.putNextEntry(new ZipEntry("../../../etc/orders.csv"));
          zip.write(content);
        }
      }
      case "bz2" -> {
        try (OutputStream bzip2 = new BZip2CompressorOutputStream(bytes)) {
          bzip2.write(content);
        }
      }
      case "zst" -> bytes.writeBytes(Zstd.compress(content));
      default -> bytes.writeBytes(content);
    }
    return bytes.toByteArray();
  }

  private static String numbers(int rows) {
    StringBuilder text = new StringBuilder("n,text\n");
    for (int i = 0; i < rows; i++) {
      text.append(i).append(",row ").append(i).append('\n');
    }
    return text.toString();
  }

  private static List<Row> numberRows(int from, int to) {
    List<Row> rows = new ArrayList<>();
    for (long i = from; i < to; i++) {
      rows.add(Row.of(i, "row " + i));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gz", "zip", "bz2", "zst"})
  void unpacksByContent(String kind) throws Exception {
    byte[] content = packed(kind, numbers(1_000).getBytes(StandardCharsets.UTF_8));
    for (String name :
        List.of("orders.csv", "orders.csv" + (kind.isEmpty() ? "" : "." + kind), "orders.csv.gz")) {
      try (FileReading reading = open(file(name, content))) {
        assertThat(reading.discover().name().name()).isEqualTo("orders");
        assertThat(reading.rows()).isEqualTo(numberRows(0, 1_000));
      }
    }
  }

  @Test
  void aBareArchiveIsNamedByWhatIsInIt() throws Exception {
    byte[] zip = packed("zip", numbers(3).getBytes(StandardCharsets.UTF_8));
    try (FileReading reading = open(file("download.zip", zip))) {
      assertThat(reading.rows()).isEqualTo(numberRows(0, 3));
    }
  }

  @Test
  void anArchiveOfSeveralFilesIsRefusedWithTheirNames() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("a.csv", "b.csv")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(numbers(1).getBytes(StandardCharsets.UTF_8));
      }
    }
    try (FileReading reading = open(file("two.csv.zip", bytes.toByteArray()))) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("\"a.csv\", \"b.csv\"");
    }
  }

  @Test
  void damagedArchivesAreNamed() throws Exception {
    for (String kind : List.of("gz", "zip", "bz2", "zst")) {
      byte[] whole = packed(kind, numbers(50_000).getBytes(StandardCharsets.UTF_8));
      byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
      try (FileReading reading = open(file("cut.csv." + kind, cut))) {
        assertThatThrownBy(reading::rows)
            .as(kind)
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("cut.csv." + kind);
      }
    }
  }

  @Test
  void whatUnpacksToFarMoreThanItsSizeIsRefused() throws Exception {
    byte[] zeros = new byte[64 << 20];
    java.util.Arrays.fill(zeros, (byte) '\n');
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Zstd.compress("a\n".getBytes(StandardCharsets.UTF_8)));
    byte[] frame = Zstd.compress(zeros);
    for (int i = 0; i < 20; i++) {
      bytes.writeBytes(frame);
    }
    try (FileReading reading = open(file("bomb.csv.zst", bytes.toByteArray()))) {
      assertThatThrownBy(reading::rows)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("bomb.csv.zst")
          .hasMessageContaining("attack");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, utf-8, 1",
    "UTF-8, '', 1",
    "UTF-16LE, '', 1",
    "UTF-16BE, '', 1",
    "UTF-16LE, utf-16-le, 0",
    "UTF-16BE, utf_16_be, 1",
    "ISO-8859-1, latin-1, 0",
    "windows-1252, cp1252, 0",
    "UTF-8, utf-8-sig, 1",
    "Shift_JIS, shift_jis, 0"
  })
  void readsEncodings(String charset, String option, int mark) throws Exception {
    String word = charset.startsWith("Shift") ? "日本" : "Grüße";
    String text = (mark == 1 ? "\uFEFF" : "") + "word,n\n" + word + ",1\n\"" + word + ",\",2\n";
    String options = option.isEmpty() ? "{}" : "{\"encoding\": \"" + option + "\"}";
    try (FileReading reading =
        open(file("w.csv", text.getBytes(Charset.forName(charset))), options)) {
      assertThat(reading.types()).containsExactly(entry("word", "text"), entry("n", "int64"));
      assertThat(reading.rows()).containsExactly(Row.of(word, 1L), Row.of(word + ",", 2L));
    }
  }

  @Test
  void malformedBytesAreNeverReplaced() throws Exception {
    ByteArrayOutputStream utf16 = new ByteArrayOutputStream();
    utf16.writeBytes("\uFEFFa,b\n1,x\n2,".getBytes(StandardCharsets.UTF_16LE));
    utf16.writeBytes(new byte[] {0x00, (byte) 0xD8, 0x41, 0x00});
    utf16.writeBytes("\n3,z\n".getBytes(StandardCharsets.UTF_16LE));
    try (FileReading reading = open(file("bad.csv", utf16.toByteArray()))) {
      assertThat(reading.rows()).containsExactly(Row.of(1L, "x"), Row.of(3L, "z"));
      assertThat(reading.rejected)
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.position()).isEqualTo("bad.csv line 3");
                assertThat(row.column()).isEqualTo("b");
                assertThat(row.reason()).contains("UTF-16LE");
              });
    }
    byte[] cp1252 = "a\nx\n?\n".getBytes(StandardCharsets.US_ASCII);
    cp1252[4] = (byte) 0x81;
    try (FileReading reading = open(file("cp.csv", cp1252), "{\"encoding\": \"windows-1252\"}")) {
      assertThat(reading.rows()).containsExactly(Row.of("x"));
      assertThat(reading.rejected).hasSize(1);
    }
  }

  /** A destination may refuse a row that could be read; its line is known then. */
  @Test
  void everyRowKnowsItsLine() throws Exception {
    String text = "n,t\n1,a\n2,\"b\nb\n\"\n3\n4,d\n\n5,\"\"\n6,f\n7,\"g\n\"\n8,h";
    try (FileReading reading = open(file("p.csv", text.getBytes(StandardCharsets.UTF_8)))) {
      assertThat(reading.rows().stream().map(row -> row.get(0)))
          .containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L);
      assertThat(reading.positions)
          .containsExactly(
              "p.csv line 2",
              "p.csv line 3",
              "p.csv line 7",
              "p.csv line 9",
              "p.csv line 10",
              "p.csv line 11",
              "p.csv line 13");
    }
  }

  @Test
  void rowsOfManyBlocksKnowTheirLines() throws Exception {
    StringBuilder text = new StringBuilder("n,t\n");
    List<String> expected = new ArrayList<>();
    int line = 2;
    for (int n = 0; n < 9_000; n++) {
      boolean two = n % 1_000 == 7;
      text.append(n).append(two ? ",\"a\nb\"\n" : ",c\n");
      expected.add("many.csv line " + line);
      line += two ? 2 : 1;
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try (FileReading reading = open(file("many.csv", bytes))) {
      assertThat(reading.rows()).hasSize(9_000);
      assertThat(reading.positions).containsExactlyElementsOf(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void findsTheSeparator(String separator) throws Exception {
    String text = "a%sb%sc, d\n1%s\"x;y,z|w\"%s3\n4%s5%s6\n".replace("%s", separator);
    String fixed = separator.equals(",") ? text.replace("c, d", "c") : text;
    try (FileReading reading = open(file("s.txt", fixed))) {
      assertThat(reading.rows()).containsExactly(Row.of(1L, "x;y,z|w", 3L), Row.of(4L, "5", 6L));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void knowsEveryEndOfLine(String end) throws Exception {
    String text = String.join(end, "a,b", "1,x", "2,\"y" + end + "z\"", "3,w");
    try (FileReading reading = open(file("e.csv", text))) {
      assertThat(reading.rows())
          .containsExactly(Row.of(1L, "x"), Row.of(2L, "y" + end + "z"), Row.of(3L, "w"));
    }
  }

  @Test
  void honoursReaderOptions() throws Exception {
    String text = "made by hand\na;b;c\n1;'x;y';NA\n2;;-\n";
    try (FileReading reading =
        open(
            file("o.csv", text),
            """
            {"sep": ";", "quotechar": "'", "skiprows": 1, "na_values": ["NA", "-"],
             "dtype": {"a": "decimal(5,1)"}, "engine": "python"}
            """)) {
      assertThat(reading.types())
          .containsExactly(entry("a", "decimal(5,1)"), entry("b", "text"), entry("c", "text"));
      assertThat(reading.rows())
          .containsExactly(
              Row.of(new BigDecimal("1.0"), "x;y", null),
              Row.of(new BigDecimal("2.0"), null, null));
    }
    try (FileReading reading =
        open(file("n.csv", "1,x\n2,y\n"), "{\"header\": null, \"names\": [\"n\", \"t\"]}")) {
      assertThat(reading.types()).containsExactly(entry("n", "int64"), entry("t", "text"));
      assertThat(reading.rows()).hasSize(2);
    }
    try (FileReading reading = open(file("m.csv", "1,x\n2,y\n"), "{\"header\": null}")) {
      assertThat(reading.types().keySet()).containsExactly("column_1", "column_2");
    }
    Map<String, Object> asObject = new LinkedHashMap<>();
    asObject.put("header", null);
    asObject.put("dtype", "str");
    try (FileReading reading =
        open(Map.of("url", folder.resolve("m.csv").toString(), "reader_options", asObject))) {
      assertThat(reading.rows()).containsExactly(Row.of("1", "x"), Row.of("2", "y"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{\"sep\": \";\"#not valid JSON",
        "[1]#must be a JSON object",
        "{\"comment\": \"x\"}#\"comment\", which is not supported for csv files",
        "{\"sep\": \"ab\"}#one ASCII character",
        "{\"encoding\": \"utf-99\"}#no encoding \"utf-99\"",
        "{\"dtype\": {\"a\": \"varchar(3)\"}}#no type known here",
        "{\"skiprows\": -1}#at least 0",
        "{\"doublequote\": false}#not supported: set escapechar",
        "{\"sep\": \";\", \"sep\": \",\"}#not valid JSON"
      })
  void refusesOptionsInASentence(String options, String sentence) throws Exception {
    Path file = file("r.csv", "a\n1\n");
    assertThatThrownBy(
            () -> {
              try (FileReading reading = open(file, options)) {
                reading.discover();
              }
            })
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void namesWhatIsWrongWithTheUrl() throws Exception {
    file("data/x.csv", "a\n1\n");
    Map<String, String> sentences =
        Map.of(
            folder.resolve("missing.csv").toString(),
            "There is no file",
            folder.resolve("data").toString() + "/*.tsv",
            "No file matches",
            folder.resolve("data").toString(),
            "is a folder",
            "gs://bucket/x.csv",
            "not supported",
            folder.resolve("data/x.unknown").toString(),
            "does not tell the file's format");
    file("data/x.unknown", "a\n1\n");
    sentences.forEach(
        (url, sentence) ->
            assertThatThrownBy(
                    () -> {
                      try (FileReading reading = open(Map.of("url", url))) {
                        reading.discover();
                      }
                    })
                .as(url)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(sentence));
  }

  @Test
  void namesStreamsByTheRule() throws Exception {
    file("in/orders/2024.eu.csv", "a\n1\n");
    Map<String, String> names =
        Map.of(
            "in/orders/2024.eu.csv", "2024",
            "in/orders/*.csv", "orders",
            "in/*/2024.eu.csv", "2024",
            "in/**/*.csv", "in");
    for (Map.Entry<String, String> one : names.entrySet()) {
      try (FileReading reading = open(folder.resolve(one.getKey()))) {
        assertThat(reading.discover().name().name()).isEqualTo(one.getValue());
      }
    }
    try (FileReading reading =
        open(Map.of("url", folder + "/in/*/*.csv", "dataset_name", "sales"))) {
      assertThat(reading.discover().name().name()).isEqualTo("sales");
    }
  }

  @Test
  void filesOfAPatternShareOneSchema() throws Exception {
    file("p/a.csv", "id,name\n1,x\n");
    file("p/b.csv", "name,id,extra\ny,2,0.5\n");
    file("p/sub/c.csv", "id\n007\n");
    file("p/.hidden.csv", "other\n1\n");
    file("p/empty.csv", "");
    try (FileReading reading = open(folder.resolve("p/**/*.csv"))) {
      assertThat(reading.types())
          .containsExactly(
              entry("id", "text"), entry("name", "text"), entry("extra", "decimal(18,1)"));
      assertThat(reading.rows())
          .containsExactlyInAnyOrder(
              Row.of("1", "x", null),
              Row.of("2", "y", new BigDecimal("0.5")),
              Row.of("007", null, null));
      assertThat(reading.notices).anyMatch(notice -> notice.message().contains("empty.csv"));
    }
  }

  @Test
  void headersWithoutOrWithRepeatedNamesGetDistinctOnes() throws Exception {
    try (FileReading reading = open(file("h.csv", "a,,a,a_2,\n1,2,3,4,5\n"))) {
      assertThat(reading.types().keySet())
          .containsExactly("a", "column_2", "a_3", "a_2", "column_5");
    }
  }

  @Test
  void binaryIsNotTakenForText() throws Exception {
    try (FileReading reading = open(file("b.csv", new byte[] {1, 2, 0, 4, 10, 0, 7}))) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("no text in UTF-8");
    }
  }
}
