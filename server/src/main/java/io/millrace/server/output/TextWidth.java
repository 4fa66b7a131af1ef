package io.millrace.server.output;

/** How many columns of a terminal a text takes. */
final class TextWidth {
  private static final String ELLIPSIS = "…";

  private TextWidth() {}

  /** Returns the number of columns. */
  static int of(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      width += of(point);
      i += Character.charCount(point);
    }
    return width;
  }

  /** Returns the text, or as much of it as fits, with an ellipsis at its end. */
  static String cut(String text, int columnsMax) {
    if (of(text) <= columnsMax) {
      return text;
    }
    int width = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      if (width + of(point) > columnsMax - 1) {
        break;
      }
      width += of(point);
      end += Character.charCount(point);
    }
    return text.substring(0, end) + ELLIPSIS;
  }

  private static int of(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> wide(point) ? 2 : 1;
    };
  }

  /** East Asian wide characters and pictographs, by their blocks. */
  private static boolean wide(int point) {
    return (point >= 0x1100 && point <= 0x115F)
        || (point >= 0x2E80 && point <= 0xA4CF)
        || (point >= 0xAC00 && point <= 0xD7A3)
        || (point >= 0xF900 && point <= 0xFAFF)
        || (point >= 0xFE30 && point <= 0xFE6F)
        || (point >= 0xFF00 && point <= 0xFF60)
        || (point >= 0xFFE0 && point <= 0xFFE6)
        || (point >= 0x1F300 && point <= 0x1FAFF)
        || (point >= 0x20000 && point <= 0x3FFFD);
  }
}
