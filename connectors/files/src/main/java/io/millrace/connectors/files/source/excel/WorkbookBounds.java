package io.millrace.connectors.files.source.excel;

import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Keeps workbooks out that would fill the memory: all texts of a workbook are held at once. */
final class WorkbookBounds {
  /** The largest list of shared texts, unpacked. */
  static final long TEXT_BYTES_MAX = 128L << 20;

  private static final int CHUNK_BYTES = 64 << 10;

  private WorkbookBounds() {}

  /** Unpacks what is held in memory to count it; what archives say of themselves is not trusted. */
  static void check(Path workbook, FileVersion file) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(workbook).get()) {
      Enumeration<ZipArchiveEntry> entries = zip.getEntries();
      while (entries.hasMoreElements()) {
        ZipArchiveEntry entry = entries.nextElement();
        if (!entry.getName().contains("worksheets/") && exceeds(zip, entry)) {
          throw new ConfigException(
              "excel_too_large",
              "\""
                  + ConnectorException.outside(file.path())
                  + "\" holds more than "
                  + (TEXT_BYTES_MAX >> 20)
                  + " MiB of text in one part. Save the sheet as CSV.");
        }
      }
    }
  }

  private static boolean exceeds(ZipFile zip, ZipArchiveEntry entry) throws IOException {
    if (!entry.getName().endsWith(".xml")) {
      return false;
    }
    byte[] chunk = new byte[CHUNK_BYTES];
    long bytes = 0;
    try (InputStream input = zip.getInputStream(entry)) {
      for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
        bytes += read;
        if (bytes > TEXT_BYTES_MAX) {
          return true;
        }
      }
    }
    return false;
  }
}
