package io.millrace.connectors.files.source.infer;

import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Notice;
import java.util.List;
import java.util.function.Consumer;

/** Decides what becomes of files without a single byte. */
public final class EmptyFiles {
  private EmptyFiles() {}

  /**
   * Returns the other files, and notes the empty ones: among others each counts as a file of no
   * rows.
   *
   * @throws ConfigException when all are empty
   */
  public static List<FileVersion> without(List<FileVersion> files, Consumer<Notice> notices) {
    List<FileVersion> filled = files.stream().filter(file -> file.size() != 0).toList();
    if (filled.isEmpty()) {
      throw of(files.getFirst());
    }
    for (FileVersion file : files) {
      if (file.size() == 0) {
        String sentence = quoted(file) + " is empty; it counts as a file of no rows.";
        notices.accept(new Notice("file_empty", null, sentence));
      }
    }
    return filled;
  }

  /** Makes the failure of a file that holds nothing. */
  public static ConfigException of(FileVersion file) {
    return new ConfigException(
        "file_empty",
        quoted(file) + " is empty: it has not even a header. Was it written to its" + " end?");
  }

  private static String quoted(FileVersion file) {
    return "\"" + ConnectorException.outside(file.path()) + "\"";
  }
}
