package io.millrace.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Collects what became of each type, one file per system, from which the documentation's table of
 * types is made. Thread-safe.
 *
 * <p>The file {@code target/types/SYSTEM.tsv} has a line per type with the columns: type, type it
 * lands as, outcome ({@code exact}, {@code text}, {@code quarantine}, or several joined by {@code
 * +}), and examples of the values that did not land exactly.
 */
public final class TypeTable {
  /** Where the files are written, below the module's folder. */
  public static final Path FOLDER = Path.of("target", "types");

  private static final TreeMap<String, TreeMap<String, String>> LINES = new TreeMap<>();
  private static final String TAB = "\t";

  private TypeTable() {}

  /**
   * Records one type and rewrites the system's file.
   *
   * @param system such as {@code source-postgres}
   * @param type the native or logical type that was written
   * @param landsAs the type it was found as
   * @param outcomes every outcome seen, without {@link Landing#SPOILT}
   * @param exceptions values that did not land exactly, for people
   */
  public static void record(
      String system, String type, String landsAs, List<Landing> outcomes, List<String> exceptions) {
    String outcome =
        String.join(
            "+",
            outcomes.stream()
                .distinct()
                .sorted()
                .map(o -> o.name().toLowerCase(Locale.ROOT))
                .toList());
    String line =
        String.join(
            TAB, type, landsAs, outcome, String.join(", ", exceptions).replaceAll("\\s+", " "));
    synchronized (LINES) {
      TreeMap<String, String> lines = LINES.computeIfAbsent(system, _ -> new TreeMap<>());
      lines.put(type, line);
      write(FOLDER.resolve(system + ".tsv"), String.join("\n", lines.values()) + "\n");
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
