package io.millrace.connectors.files.store;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Sorts what the file system reports, by who acts next. */
final class LocalErrors {
  private LocalErrors() {}

  /**
   * Sorts a failure.
   *
   * @param doing what was tried, such as {@code write /data/x.parquet}
   */
  static ConnectorException sort(String doing, IOException failure) {
    String words = String.valueOf(failure.getMessage());
    String reason = failure instanceof FileSystemException file ? "" + file.getReason() : words;
    if (failure instanceof AccessDeniedException || reason.contains("Read-only file system")) {
      return config(
          "access_denied", "No right to " + doing + ". Give this user the right.", failure);
    }
    if (failure instanceof NoSuchFileException missing) {
      return config("file_missing", "There is no file " + missing.getFile() + ".", failure);
    }
    if (failure instanceof NotDirectoryException
        || failure instanceof FileAlreadyExistsException
        || reason.contains("Not a directory")) {
      return config(
          "not_a_folder", "Could not " + doing + ": a part of the path is not a folder.", failure);
    }
    if (reason.contains("No space left") || reason.contains("quota")) {
      return config(
          "disk_full", "Could not " + doing + ": the disk is full. Free some space.", failure);
    }
    if (reason.contains("File name too long")) {
      return config("name_too_long", "Could not " + doing + ": the name is too long.", failure);
    }
    return new SystemException(
        "file_failed",
        "Could not " + doing + " (" + ConnectorException.outside(words) + ").",
        doing + ": " + failure,
        failure);
  }

  private static ConfigException config(String code, String sentence, IOException failure) {
    return new ConfigException(code, sentence, sentence + " " + failure, failure);
  }
}
