package io.millrace.connectors.files.source;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.config.Choice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A format of files. */
public enum FileFormat {
  @Choice(value = "csv", title = "CSV", help = "Text with separators, which are found out.")
  CSV("csv txt"),
  @Choice(value = "tsv", title = "TSV", help = "Text with tabs.")
  TSV("tsv tab"),
  @Choice(value = "json", title = "JSON", help = "An array of objects, or objects one by one.")
  JSON("json"),
  @Choice(value = "jsonl", title = "JSON lines", help = "One object a line.")
  JSONL("jsonl ndjson"),
  @Choice(value = "parquet", title = "Parquet")
  PARQUET("parquet pq"),
  @Choice(value = "excel", title = "Excel", help = "A sheet of an .xlsx workbook.")
  EXCEL("xlsx xlsm");

  private static final Set<String> PACKED = Set.of("gz", "gzip", "zip", "bz2", "zst", "zstd");

  /** The endings of its files' names, with blanks between them. */
  private final String extensions;

  FileFormat(String extensions) {
    this.extensions = extensions;
  }

  /**
   * Returns the format that a file's name tells: its last extension that is not one of a
   * compression.
   *
   * @throws ConfigException when it tells none
   */
  static FileFormat of(String name) {
    FileFormat found = find(name);
    if (found != null) {
      return found;
    }
    throw new ConfigException(
        "format_unknown",
        "The name \""
            + ConnectorException.outside(name)
            + "\" does not tell the file's format. Set format to csv, tsv, json, jsonl, parquet or"
            + " excel.");
  }

  private static @Nullable FileFormat find(String name) {
    List<String> parts = Arrays.asList(name.toLowerCase(Locale.ROOT).split("\\.", -1));
    int last = parts.size() - 1;
    while (last > 0 && PACKED.contains(parts.get(last))) {
      last--;
    }
    for (FileFormat format : values()) {
      if (last > 0 && List.of(format.extensions.split(" ")).contains(parts.get(last))) {
        return format;
      }
    }
    return null;
  }

  /** Tells whether a name tells the format. */
  static boolean isTold(String name) {
    return find(name) != null;
  }

  /** Tells whether a name says only that the file is a zip archive, not what is in it. */
  static boolean isBareArchive(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String stem = lower.endsWith(".zip") ? lower.substring(0, lower.length() - 4) : ".";
    return !stem.contains(".");
  }
}
