package io.millrace.connectors.files.source;

import static io.millrace.connectors.files.source.WorkbookFile.number;
import static io.millrace.connectors.files.source.WorkbookFile.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.spi.ConfigException;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Excel workbooks on a local disk, from configuration to rows. */
class FileSourceExcelTest {
  @RegisterExtension final AllocatorExtension memory = new AllocatorExtension();
  @TempDir Path folder;
  @TempDir Path temp;

  private FileReading open(Path file, String readerOptions) {
    return FileReading.of(
        memory.allocator(), temp, Map.of("url", file.toString(), "reader_options", readerOptions));
  }

  private static String header(String... names) {
    StringBuilder cells = new StringBuilder("<row r=\"1\">");
    for (int i = 0; i < names.length; i++) {
      cells.append(text((char) ('A' + i) + "1", names[i]));
    }
    return cells + "</row>";
  }

  @Test
  void formulasThatNobodyComputedAreNamed() throws Exception {
    String rows =
        header("id", "twice")
            + "<row r=\"2\">"
            + number("A2", 0, "1")
            + "<c r=\"B2\"><f>A2*2</f><v></v></c></row><row r=\"3\">"
            + number("A3", 0, "2")
            + "<c r=\"B3\"><f>A3*2</f></c></row>";
    Path written = WorkbookFile.write(folder.resolve("w.xlsx"), w -> w.sheet("Orders", rows));
    try (FileReading reading = open(written, "{}")) {
      assertThat(reading.rows()).containsExactly(Row.of(1L, null), Row.of(2L, null));
      assertThat(reading.notices)
          .singleElement()
          .satisfies(
              notice -> {
                assertThat(notice.code()).isEqualTo("formulas_uncomputed");
                assertThat(notice.message())
                    .contains("w.xlsx\" holds 2 formulas without a stored value, the first in B2");
              });
    }
    String computed = rows.replace("</f></c>", "</f><v>4</v></c>");
    Path saved = WorkbookFile.write(folder.resolve("s.xlsx"), w -> w.sheet("Orders", computed));
    try (FileReading reading = open(saved, "{}")) {
      assertThat(reading.rows()).containsExactly(Row.of(1L, null), Row.of(2L, 4L));
      assertThat(reading.notices).as("an empty text is a result").isEmpty();
    }
  }

  @Test
  void findsTypesOfCells() throws Exception {
    String rows =
        header("id", "zip", "total", "day", "at", "clock", "span", "ok", "sum", "money", "bad", "x")
            + "<row r=\"2\">"
            + number("A2", 0, "1")
            + text("B2", "00123")
            + number("C2", 0, "10.5")
            + number("D2", 1, "45351")
            + number("E2", 2, "45351.520833333336")
            + number("F2", 3, "0.75")
            + number("G2", 4, "1.5")
            + "<c r=\"H2\" t=\"b\"><v>1</v></c>"
            + "<c r=\"I2\"><f>A2+1</f><v>2</v></c>"
            + number("J2", 5, "0.1")
            + "<c r=\"K2\" t=\"e\"><v>#N/A</v></c>"
            + text("L2", "")
            + "</row><row r=\"4\">"
            + number("A4", 0, "-2")
            + text("B4", "12345")
            + number("C4", 0, "3")
            + number("D4", 1, "1")
            + number("E4", 2, "45352")
            + "<c r=\"H4\" t=\"b\"><v>0</v></c>"
            + "<c r=\"I4\"><f>A4+1</f><v>-1</v></c>"
            + number("K4", 0, "7")
            + text("L4", "say \"hi\"\u20ac, a;b")
            + "</row>";
    Path file = WorkbookFile.write(folder.resolve("w.xlsx"), w -> w.sheet("Orders", rows));
    try (FileReading reading = open(file, "{}")) {
      assertThat(reading.discover().name().name()).isEqualTo("w");
      assertThat(reading.types())
          .containsExactly(
              entry("id", "int64"),
              entry("zip", "text"),
              entry("total", "decimal(18,1)"),
              entry("day", "date"),
              entry("at", "timestamp"),
              entry("clock", "text"),
              entry("span", "decimal(18,1)"),
              entry("ok", "boolean"),
              entry("sum", "int64"),
              entry("money", "decimal(18,1)"),
              entry("bad", "text"),
              entry("x", "text"));
      assertThat(reading.rows())
          .containsExactly(
              Row.of(
                  1L,
                  "00123",
                  new BigDecimal("10.5"),
                  LocalDate.of(2024, 2, 29),
                  LocalDateTime.of(2024, 2, 29, 12, 30),
                  "18:00:00",
                  new BigDecimal("1.5"),
                  true,
                  2L,
                  new BigDecimal("0.1"),
                  "#N/A",
                  ""),
              Row.of(
                  -2L,
                  "12345",
                  new BigDecimal("3.0"),
                  LocalDate.of(1900, 1, 1),
                  LocalDateTime.of(2024, 3, 1, 0, 0),
                  null,
                  null,
                  false,
                  -1L,
                  null,
                  "7",
                  "say \"hi\"\u20ac, a;b"));
      assertThat(reading.rejected).isEmpty();
    }
  }

  @Test
  void choosesTheSheetAndWhereItsTableBegins() throws Exception {
    String table =
        "<row r=\"1\">"
            + text("A1", "A report")
            + "</row><row r=\"3\">"
            + text("A3", "made by")
            + text("B3", "me")
            + "</row><row r=\"5\">"
            + text("A5", "a")
            + text("B5", "b")
            + "</row><row r=\"6\">"
            + number("A6", 0, "1")
            + "</row><row r=\"7\">"
            + number("A7", 0, "2")
            + text("B7", "x")
            + text("C7", "too far")
            + "</row>";
    Path file =
        WorkbookFile.write(
            folder.resolve("w.xlsx"),
            w -> w.sheet("First", header("other")).sheet("Second", table));
    for (String options :
        new String[] {
          "{\"sheet_name\": \"Second\", \"skiprows\": 1, \"header\": 1}",
          "{\"sheet_name\": 1, \"header\": 2}"
        }) {
      try (FileReading reading = open(file, options)) {
        List<Row> rows = reading.rows();
        assertThat(rows).as("%s %s", options, reading.rejected).containsExactly(Row.of(1L, null));
        assertThat(reading.rejected)
            .singleElement()
            .satisfies(
                row -> {
                  assertThat(row.position()).isEqualTo("w.xlsx line 7");
                  assertThat(row.reason()).contains("3 fields where 2 are expected");
                });
      }
    }
    try (FileReading reading = open(file, "{\"sheet_name\": \"Third\"}")) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("no sheet \"Third\"")
          .hasMessageContaining("\"First\", \"Second\"");
    }
    try (FileReading reading = open(file, "{\"sheet_name\": \"First\"}")) {
      assertThat(reading.types()).containsExactly(entry("other", "text"));
      assertThat(reading.rows()).isEmpty();
    }
  }

  @Test
  void emptyRowsOfASingleColumnAreNoRows() throws Exception {
    String rows =
        header("n")
            + "<row r=\"2\">"
            + number("A2", 0, "1")
            + "</row><row r=\"3\"/><row r=\"5\">"
            + number("A5", 0, "2")
            + "</row><row r=\"6\"><c r=\"A6\" s=\"1\"/></row>";
    Path file = WorkbookFile.write(folder.resolve("w.xlsx"), w -> w.sheet("S", rows));
    try (FileReading reading = open(file, "{}")) {
      assertThat(reading.rows()).containsExactly(Row.of(1L), Row.of(2L));
    }
  }

  @Test
  void namesWhatIsNoWorkbook() throws Exception {
    Map<String, byte[]> files =
        Map.of(
            "text.xlsx", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8),
            "old.xlsx",
                new byte[] {
                  (byte) 0xD0,
                  (byte) 0xCF,
                  0x11,
                  (byte) 0xE0,
                  (byte) 0xA1,
                  (byte) 0xB1,
                  0x1A,
                  (byte) 0xE1,
                  0
                },
            "cut.xlsx", "PK\3\4 and nothing".getBytes(StandardCharsets.UTF_8));
    files.forEach(
        (name, bytes) ->
            assertThatThrownBy(
                    () -> {
                      try (FileReading reading =
                          open(Files.write(folder.resolve(name), bytes), "{}")) {
                        reading.discover();
                      }
                    })
                .as(name)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(name));
  }
}
