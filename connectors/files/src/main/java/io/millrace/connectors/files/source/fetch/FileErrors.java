package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** The failures that every kind of storage shares, in the same words. */
public final class FileErrors {
  /** The code of a file that is not what it was when it was planned. */
  public static final String CHANGED = "file_changed";

  /** The code of a file that is not there. */
  public static final String MISSING = "file_missing";

  private FileErrors() {}

  /** The file is not there. */
  public static ConfigException missing(String path) {
    return new ConfigException(
        MISSING, "There is no file " + quoted(path) + ". Correct the url, or put the file there.");
  }

  /** The pattern matches nothing. */
  public static ConfigException noMatch(String pattern) {
    return new ConfigException(
        MISSING,
        "No file matches "
            + quoted(pattern)
            + ". Correct the pattern, or put files there; * stands for any text within a folder's"
            + " name or a file's name, ** for any folders.");
  }

  /** The file may not be read. */
  public static ConfigException denied(String path, Throwable cause) {
    return new ConfigException(
        "file_denied",
        quoted(path) + " may not be read: give this user the right to read it.",
        String.valueOf(cause.getMessage()),
        cause);
  }

  /** The path names something that is no file. */
  public static ConfigException notAFile(String path) {
    return new ConfigException(
        "not_a_file",
        quoted(path)
            + " is a folder or a device. Name a file, or a pattern such as "
            + path
            + "/*.csv.");
  }

  /** The file changed between planning and reading. */
  public static TransientException changed(String path) {
    String sentence = quoted(path) + " changed while it was being read.";
    return new TransientException(CHANGED, sentence, sentence, null);
  }

  /** A local file system failed. */
  public static ConnectorException local(String path, IOException cause) {
    return switch (cause) {
      case NoSuchFileException ignored -> missing(path);
      case AccessDeniedException ignored -> denied(path, cause);
      default -> broken(path, cause);
    };
  }

  /** The bytes stopped coming. */
  public static TransientException broken(String path, IOException cause) {
    return new TransientException(
        "file_unreadable",
        quoted(path) + " could not be read to its end: " + reason(cause) + ".",
        String.valueOf(cause),
        cause);
  }

  /** Returns text from outside in quotes. */
  public static String quoted(String text) {
    return "\"" + ConnectorException.outside(text) + "\"";
  }

  private static String reason(IOException cause) {
    String message = ConnectorException.outside(cause.getMessage());
    return message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }
}
