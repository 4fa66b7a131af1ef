package io.millrace.spi.config;

import java.util.List;
import java.util.Locale;

/** Finds what someone may have meant by a word that is not known. */
public final class Suggestion {
  private static final int CHARS_MAX = 64;

  private Suggestion() {}

  /** Returns {@code " (did you mean ...?)"} with the closest word, or "" when none is close. */
  public static String of(String given, List<String> known) {
    if (given.length() > CHARS_MAX) {
      return "";
    }
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String word : known) {
      int distance = distance(plain(given), plain(word));
      if (distance < bestDistance && distance <= Math.max(1, word.length() / 3)) {
        best = word;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? "" : " (did you mean \"" + best + "\"?)";
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_ .]", "");
  }

  /** The number of letters to insert, delete, replace or swap with a neighbour. */
  private static int distance(String one, String other) {
    int[][] costs = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        costs[i][j] = cost(costs, one, other, i, j);
      }
    }
    return costs[one.length()][other.length()];
  }

  private static int cost(int[][] costs, String one, String other, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    int replaced = costs[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(best, costs[i - 2][j - 2] + 1) : best;
  }
}
