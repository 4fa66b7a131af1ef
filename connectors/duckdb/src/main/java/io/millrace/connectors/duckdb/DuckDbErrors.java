package io.millrace.connectors.duckdb;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.sql.SQLException;
import java.util.Locale;

/** Sorts what DuckDB reports, by who acts next. DuckDB says the kind only in its text. */
final class DuckDbErrors {
  private DuckDbErrors() {}

  /** Sorts a failure of a statement. */
  static ConnectorException sort(SQLException failure) {
    String words = ConnectorException.outside(failure.getMessage());
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("disk quota")) {
      return new ConfigException(
          "disk_full",
          "DuckDB could not write because the disk is full. Free some space.",
          words,
          failure);
    }
    if (lower.contains("out of memory error")) {
      return new ConfigException(
          "memory_limit",
          "DuckDB needs more memory than memory_limit_mb allows. Raise it. (" + words + ")",
          words,
          failure);
    }
    if (lower.contains("transactioncontext error") && !lower.contains("current transaction is")) {
      return new TransientException(
          "conflict", "Another transaction changed the same table: " + words, words, failure);
    }
    if (lower.contains("dependency error") || lower.contains("cannot drop entry")) {
      return new ConfigException(
          "table_in_use",
          "A table cannot be changed because something else depends on it: "
              + words
              + " Drop that first.",
          words,
          failure);
    }
    return new SystemException("duckdb_failed", "DuckDB reported: " + words, words, failure);
  }

  /** Returns the failure of DuckDB's own program, which its jar unpacks at the first use. */
  static SystemException library(LinkageError failure) {
    Throwable reason = failure;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return new SystemException(
        "library_unusable",
        "DuckDB's native library could not be unpacked into the folder for temporary files ("
            + System.getProperty("java.io.tmpdir")
            + "), or does not run on this machine: "
            + ConnectorException.outside(reason.getMessage())
            + ". It needs 60 MB there.",
        String.valueOf(failure),
        failure);
  }

  /** Sorts a failure to open a file. */
  static ConnectorException opening(String path, SQLException failure) {
    String words = ConnectorException.outside(failure.getMessage());
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("could not set lock") || lower.contains("conflicting lock")) {
      return new TransientException(
          "file_locked",
          "The DuckDB file "
              + path
              + " is open in another program. Close it there. ("
              + words
              + ")",
          words,
          failure);
    }
    if (lower.contains("not a valid duckdb database")) {
      return new ConfigException(
          "not_duckdb",
          "The file " + path + " is not a DuckDB database. Choose another destination_path.",
          words,
          failure);
    }
    if (lower.contains("permission denied") || lower.contains("read-only file system")) {
      return new ConfigException(
          "access_denied",
          "No right to write " + path + ". Give this user the right.",
          words,
          failure);
    }
    if (lower.contains("different configuration")) {
      // Another load of this process leaves the file at this very moment.
      return new TransientException(
          "file_open_here",
          "The DuckDB file " + path + " is still in use by another load of this process.",
          words,
          failure);
    }
    if (lower.contains("version") && lower.contains("storage")) {
      return new ConfigException(
          "file_version",
          "The DuckDB file " + path + " was written by a version that cannot be read: " + words,
          words,
          failure);
    }
    ConnectorException sorted = sort(failure);
    return sorted instanceof SystemException
        ? new ConfigException(
            "file_unusable",
            "The DuckDB file " + path + " cannot be opened: " + words,
            words,
            failure)
        : sorted;
  }
}
