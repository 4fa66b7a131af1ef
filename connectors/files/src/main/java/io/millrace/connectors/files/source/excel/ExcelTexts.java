package io.millrace.connectors.files.source.excel;

import io.millrace.connectors.files.source.csv.CsvOptions;
import io.millrace.connectors.files.source.csv.Dialect;
import io.millrace.connectors.files.source.csv.NullTexts;
import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.Spool;
import io.millrace.connectors.files.source.fetch.Texts;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;

/** Shows one sheet of each workbook as a text. */
public final class ExcelTexts implements Texts {
  /** Stands between fields; XML has no such character, so no cell does. */
  static final byte SEPARATOR = 0x1F;

  /** Stands behind rows, one for each row of the sheet, so that lines are row numbers. */
  static final byte NEWLINE = 0x1E;

  static final byte QUOTE = '"';

  private static final int SHEETS_SHOWN_MAX = 20;
  private static final int HEAD_BYTES = 8;

  private final Spool spool;
  private final SheetChoice choice;

  private final Consumer<Notice> notices;
  private final Set<FileVersion> complainedOf = ConcurrentHashMap.newKeySet();

  /** Reads workbooks from where the spool has them. */
  public ExcelTexts(Spool spool, SheetChoice choice, Consumer<Notice> notices) {
    this.spool = spool;
    this.notices = notices;
    this.choice = choice;
  }

  /**
   * Returns how the texts are written.
   *
   * @param header the first record holds the columns' names
   * @param names the columns' names in place of the header's; may be empty
   */
  public static CsvOptions options(boolean header, List<String> names, NullTexts nullTexts) {
    return new CsvOptions(
        Optional.of(new Dialect(SEPARATOR, QUOTE, Dialect.NONE, NEWLINE, Dialect.Empty.NOTHING)),
        Optional.of(SEPARATOR),
        QUOTE,
        Dialect.NONE,
        Optional.empty(),
        0,
        header ? OptionalInt.of(0) : OptionalInt.empty(),
        names,
        nullTexts,
        CsvOptions.Quotes.MEAN_TEXT);
  }

  @Override
  public Content.Text text(FileVersion file, Optional<Charset> encoding, long offset)
      throws InterruptedException {
    Spool.Lease lease = spool.lease(file);
    try {
      requireWorkbook(lease.path(), file);
      WorkbookBounds.check(lease.path(), file);
      ReadableWorkbook workbook =
          new ReadableWorkbook(lease.path().toFile(), new ReadingOptions(true, false));
      try {
        InputStream text =
            new SheetText(
                workbook,
                sheet(workbook, file),
                choice,
                lease,
                complaint -> complain(file, complaint));
        Content.skip(text, offset);
        return new Content.Text(text, false, StandardCharsets.UTF_8);
      } catch (IOException | RuntimeException | Error | InterruptedException e) {
        workbook.close();
        throw e;
      }
    } catch (IOException | ExcelReaderException e) {
      lease.close();
      throw invalid(file, e);
    } catch (RuntimeException | Error | InterruptedException e) {
      lease.close();
      throw e;
    }
  }

  @Override
  public boolean isLocal(FileVersion file) {
    return true;
  }

  private void complain(FileVersion file, String complaint) {
    if (complainedOf.add(file)) {
      notices.accept(
          new Notice("formulas_uncomputed", null, quoted(file.path()) + " " + complaint));
    }
  }

  private Sheet sheet(ReadableWorkbook workbook, FileVersion file) {
    Optional<Sheet> found =
        choice.name().isPresent()
            ? workbook.findSheet(choice.name().get())
            : workbook.getSheet(choice.index());
    return found.orElseThrow(() -> wrongSheet(workbook, file));
  }

  private ConfigException wrongSheet(ReadableWorkbook workbook, FileVersion file) {
    List<String> names =
        workbook.getSheets().limit(SHEETS_SHOWN_MAX).map(sheet -> quoted(sheet.getName())).toList();
    String wanted =
        choice.name().map(ExcelTexts::quoted).orElse("number " + choice.index() + " (from 0)");
    return new ConfigException(
        "sheet_missing",
        quoted(file.path())
            + " has no sheet "
            + wanted
            + ". Set sheet_name in reader_options to one of "
            + String.join(", ", names)
            + ".");
  }

  private static void requireWorkbook(Path path, FileVersion file) throws IOException {
    byte[] head;
    try (InputStream input = Files.newInputStream(path)) {
      head = input.readNBytes(HEAD_BYTES);
    }
    if (ReadableWorkbook.isOLE2Header(head)) {
      throw new ConfigException(
          "excel_old",
          quoted(file.path())
              + " is a workbook of the old kind (.xls) or is protected by a password. Save it as"
              + " .xlsx without password.");
    }
    if (!ReadableWorkbook.isOOXMLZipHeader(head)) {
      throw new ConfigException(
          "excel_invalid", quoted(file.path()) + " is no Excel workbook (.xlsx). Set format.");
    }
  }

  static ConfigException invalid(FileVersion file, Exception cause) {
    return new ConfigException(
        "excel_invalid",
        quoted(file.path())
            + " is no Excel workbook (.xlsx), or is damaged: "
            + ConnectorException.outside(cause.getMessage())
            + ".",
        cause.toString(),
        cause);
  }

  private static String quoted(String text) {
    return "\"" + ConnectorException.outside(text) + "\"";
  }
}
