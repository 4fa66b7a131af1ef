package io.millrace.server.command;

import java.nio.file.Path;

/** The command that shows more of a table, to be copied into the shell that called the program. */
final class LookCloser {
  private LookCloser() {}

  /** Returns the line for a table of a DuckDB file. */
  static String line(Surroundings surroundings, Path file, String table) {
    Path here = surroundings.currentDirectory();
    Path near = file.startsWith(here) ? here.relativize(file) : file;
    return "Look closer:  "
        + quoted(surroundings.program())
        + " query "
        + quoted(near.toString())
        + " 'FROM "
        + table
        + " LIMIT 10'";
  }

  private static String quoted(String word) {
    return word.matches("[\\w./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
