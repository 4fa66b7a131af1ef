package io.millrace.connectors.duckdb;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The only place where names and texts become parts of statements. */
final class Sql {
  private Sql() {}

  /** Returns a name as an identifier. DuckDB knows no NUL character in names. */
  static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Returns names as identifiers, joined by commas. */
  static String names(List<String> names) {
    return names.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /** Returns text as a literal. */
  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Returns what DuckDB compares names by: it folds the ASCII letters and no others. */
  static String fold(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return folded.toString();
  }

  /** Returns a number of megabytes as a setting. */
  static String megabytes(int count) {
    return String.format(Locale.ROOT, "%dMB", count);
  }
}
