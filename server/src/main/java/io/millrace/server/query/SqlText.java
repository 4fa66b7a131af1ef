package io.millrace.server.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into its statements, without understanding them. */
final class SqlText {
  /** What a semicolon does not end a statement in; then a semicolon, a space, anything else. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>--[^\\n]*+|/\\*.*?\\*/)"
              + "|[eE]'(?:[^'\\\\]++|\\\\.)*+'?"
              + "|'[^']*+'?"
              + "|\"[^\"]*+\"?"
              + "|\\$(?<tag>\\w*)\\$.*?\\$\\k<tag>\\$"
              + "|(?<end>;)|(?<space>\\s++)|[\\w]++|.",
          Pattern.DOTALL);

  private SqlText() {}

  /** Returns the statements, those left out that are only spaces and comments. */
  static List<String> statements(String sql) {
    List<String> statements = new ArrayList<>();
    Matcher token = TOKEN.matcher(sql);
    int start = 0;
    boolean empty = true;
    while (token.find()) {
      if (token.group("end") != null) {
        if (!empty) {
          statements.add(sql.substring(start, token.start()));
        }
        start = token.end();
        empty = true;
      } else if (token.group("comment") == null && token.group("space") == null) {
        empty = false;
      }
    }
    if (!empty) {
      statements.add(sql.substring(start));
    }
    return statements;
  }
}
