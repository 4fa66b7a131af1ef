package io.millrace.server.output;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines at its spaces. */
public final class TextWrap {
  private TextWrap() {}

  /**
   * Returns the lines of a text, each behind an indent.
   *
   * @param columnsMax the most columns of a line; only a word that is longer alone exceeds it
   */
  public static List<String> lines(String text, String indent, int columnsMax) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split("\\s+", -1)) {
      boolean full =
          TextWidth.of(indent) + TextWidth.of(line.toString()) + 1 + TextWidth.of(word)
              > columnsMax;
      if (!line.isEmpty() && full) {
        lines.add(indent + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(indent + line);
    }
    return lines;
  }
}
