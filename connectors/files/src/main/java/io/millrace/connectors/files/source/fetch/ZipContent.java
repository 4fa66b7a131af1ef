package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.ConfigException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The one file within a zip archive. Entries are only ever read as a stream, so that their names,
 * whatever they say, name nothing on this machine.
 */
final class ZipContent {
  private static final int NAMES_SHOWN_MAX = 5;
  private static final int ENTRIES_MAX = 10_000;

  private ZipContent() {}

  /** Opens the archive's file, whose close also closes the archive. */
  static InputStream open(Path archive, String name) throws IOException {
    ZipFile zip = zip(archive, name);
    try {
      ZipArchiveEntry entry = only(zip, name);
      long packed = Math.min(Files.size(archive), entry.getCompressedSize());
      InputStream content = new BoundedExpansion(zip.getInputStream(entry), name, () -> packed);
      return new FilterInputStream(content) {
        @Override
        public void close() throws IOException {
          try (zip) {
            super.close();
          }
        }
      };
    } catch (IOException | RuntimeException | Error e) {
      zip.close();
      throw e;
    }
  }

  /** Returns the name of the archive's file. */
  static String entryName(Path archive, String name) throws IOException {
    try (ZipFile zip = zip(archive, name)) {
      return only(zip, name).getName();
    }
  }

  private static ZipFile zip(Path archive, String name) throws IOException {
    try {
      return ZipFile.builder().setPath(archive).get();
    } catch (IOException e) {
      throw new ConfigException(
          "zip_invalid",
          FileErrors.quoted(name) + " begins like a zip archive and is none, or is cut short.",
          String.valueOf(e.getMessage()),
          e);
    }
  }

  private static ZipArchiveEntry only(ZipFile zip, String name) {
    List<ZipArchiveEntry> files = files(zip);
    if (files.size() == 1) {
      ZipArchiveEntry entry = files.getFirst();
      if (zip.canReadEntryData(entry)) {
        return entry;
      }
      throw new ConfigException(
          "zip_method",
          FileErrors.quoted(name)
              + " is encrypted, or packed by a method that is not known here; unpack it by hand.");
    }
    List<String> names =
        files.stream().limit(NAMES_SHOWN_MAX).map(e -> FileErrors.quoted(e.getName())).toList();
    String found = files.isEmpty() ? "none" : files.size() + ": " + String.join(", ", names);
    throw new ConfigException(
        "zip_entries",
        FileErrors.quoted(name)
            + " must hold exactly one file; it holds "
            + found
            + (files.size() > NAMES_SHOWN_MAX ? ", ..." : "")
            + ". Unpack it, or pack each file on its own.");
  }

  /** Folders and what macOS adds by itself do not count. */
  private static List<ZipArchiveEntry> files(ZipFile zip) {
    List<ZipArchiveEntry> files = new ArrayList<>();
    Enumeration<ZipArchiveEntry> entries = zip.getEntries();
    while (entries.hasMoreElements() && files.size() < ENTRIES_MAX) {
      ZipArchiveEntry entry = entries.nextElement();
      boolean extra =
          entry.getName().startsWith("__MACOSX/") || entry.getName().endsWith(".DS_Store");
      if (!entry.isDirectory() && !extra) {
        files.add(entry);
      }
    }
    return files;
  }
}
