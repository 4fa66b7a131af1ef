package io.millrace.connectors.duckdb;

import java.util.Locale;
import java.util.Set;

/**
 * Looks at a statement that somebody else wrote: DuckDB's driver runs all but the last of several
 * already when they are prepared.
 */
final class OneStatement {
  private static final Set<String> CONTROL =
      Set.of("begin", "start", "commit", "end", "rollback", "abort");

  private final String sql;
  private int at;

  private OneStatement(String sql) {
    this.sql = sql;
  }

  /** Tells whether there is more than one. */
  static boolean several(String sql) {
    OneStatement reading = new OneStatement(sql);
    reading.toSemicolon();
    while (reading.at < sql.length() && sql.charAt(reading.at) == ';') {
      reading.at++;
      reading.pastSpace();
    }
    return reading.at < sql.length();
  }

  /** Tells whether it begins or ends a transaction. */
  static boolean controlsTransaction(String sql) {
    OneStatement reading = new OneStatement(sql);
    reading.pastSpace();
    int start = reading.at;
    reading.pastWord();
    return CONTROL.contains(sql.substring(start, reading.at).toLowerCase(Locale.ROOT));
  }

  private void toSemicolon() {
    pastSpace();
    while (at < sql.length() && sql.charAt(at) != ';') {
      pastToken();
      pastSpace();
    }
  }

  private void pastToken() {
    char c = sql.charAt(at);
    if (c == '\'' || c == '"') {
      pastQuoted(c, false);
    } else if ((c == 'e' || c == 'E') && sql.startsWith("'", at + 1)) {
      at++;
      pastQuoted('\'', true);
    } else if (c == '$') {
      pastDollars();
    } else if (wordly(c)) {
      pastWord();
    } else {
      at++;
    }
  }

  /** A word may hold digits and dollars; a dollar within one begins no text. */
  private void pastWord() {
    while (at < sql.length() && (wordly(sql.charAt(at)) || sql.charAt(at) == '$')) {
      at++;
    }
  }

  private static boolean wordly(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c > 127;
  }

  /**
   * A doubled quote is a quote; the second half is read as a text of its own, which is the same.
   */
  private void pastQuoted(char quote, boolean escapes) {
    at++;
    while (at < sql.length() && sql.charAt(at) != quote) {
      at += escapes && sql.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at + 1, sql.length());
  }

  private void pastDollars() {
    int end = at + 1;
    while (end < sql.length() && wordly(sql.charAt(end))) {
      end++;
    }
    boolean tag =
        end < sql.length()
            && sql.charAt(end) == '$'
            && (end == at + 1 || !Character.isDigit(sql.charAt(at + 1)));
    if (!tag) {
      at++;
      return;
    }
    String mark = sql.substring(at, end + 1);
    int close = sql.indexOf(mark, end + 1);
    at = close < 0 ? sql.length() : close + mark.length();
  }

  /** Passes blanks and comments; block comments nest. */
  private void pastSpace() {
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end;
      } else if (sql.startsWith("/*", at)) {
        pastBlock();
      } else {
        return;
      }
    }
  }

  private void pastBlock() {
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
  }
}
