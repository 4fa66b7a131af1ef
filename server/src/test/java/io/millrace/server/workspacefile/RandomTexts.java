package io.millrace.server.workspacefile;

import java.util.List;
import java.util.Random;

/**
 * Makes texts that a careless writer of YAML changes; of whole characters, as no other comes into a
 * store.
 */
final class RandomTexts {
  /** Texts that each have been somebody's trouble. */
  static final List<String> AWKWARD =
      List.of(
          "",
          " ",
          "\n",
          "\r",
          "\r\n",
          "\t",
          "\u0000",
          "\u0001",
          "x=\u0001",
          "\u001b[0m",
          "\u007f",
          "\u0085",
          "a\u0085b",
          "\u00a0",
          "\u2028",
          "a\u2028b\u2029c",
          "\ufeff",
          "\ufeffa",
          "a\ufeff",
          "\ufffe",
          "\uffff",
          "😀",
          "\udbff\udfff",
          " leading",
          "trailing ",
          "trailing\n",
          "trailing\n\n\n",
          "\n\nleading",
          " \n x\n ",
          "one\ntwo",
          "one\r\ntwo\r\n",
          "one\rtwo",
          "one\n  two\n\tthree\n",
          "# no comment",
          "a # b",
          "a: b",
          "a:",
          ":",
          "-",
          "- a",
          "?",
          "? a",
          "---",
          "--- a",
          "...",
          "%YAML 1.1",
          "&a",
          "*a",
          "!a",
          "!!binary eD0B",
          "|",
          ">",
          "@",
          "`",
          "'",
          "''",
          "\"",
          "\\",
          "\\n",
          "\\u0001",
          "{",
          "}",
          "[",
          "]",
          ",",
          "<<",
          "=",
          "~",
          "null",
          "Null",
          "yes",
          "no",
          "On",
          "true",
          "y",
          "1e3",
          "1E+3",
          "1.5e+3",
          "0x10",
          "0b1",
          "010",
          "0o10",
          "1_000",
          "190:20:30",
          "1:30",
          ".inf",
          "-.INF",
          ".nan",
          "+1",
          "-1",
          ".5",
          "5.",
          "2026-01-01",
          "2026-01-01T00:00:00Z",
          "2026-01-01 00:00:00",
          "eD0B",
          "**********",
          "${X}",
          "long ".repeat(2_000),
          "x".repeat(20_000),
          "long\n".repeat(500),
          "\u0001".repeat(2_000));

  private static final String PIECES =
      "aZ09 \t\n\r\"'\\:#-?,[]{}&*!|>%@`~=_.$<ä漢\u0000\u0001\u0007\u001f\u007f\u0080\u0085\u009f\u00a0"
          + "\u00ad\u200b\u2028\u2029\ufeff\ufffe\uffff\ue000";

  private final Random random;

  RandomTexts(Random random) {
    this.random = random;
  }

  String next() {
    return switch (random.nextInt(8)) {
      case 0 -> AWKWARD.get(random.nextInt(AWKWARD.size() - 4));
      case 1 -> AWKWARD.get(random.nextInt(AWKWARD.size() - 4)) + pieces(3);
      case 2 -> pieces(3) + AWKWARD.get(random.nextInt(AWKWARD.size() - 4));
      case 3 -> anything();
      case 4 -> "w" + random.nextInt(1_000);
      default -> pieces(12);
    };
  }

  private String pieces(int max) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(max + 1); i > 0; i--) {
      if (random.nextInt(12) == 0) {
        text.append("😀");
      } else {
        text.append(PIECES.charAt(random.nextInt(PIECES.length())));
      }
    }
    return text.toString();
  }

  private String anything() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      int any = random.nextInt(Character.MAX_CODE_POINT + 1);
      text.appendCodePoint(Character.getType(any) == Character.SURROGATE ? 0x10ffff : any);
    }
    return text.toString();
  }
}
