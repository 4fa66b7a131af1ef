package io.millrace.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which copies of a SQLite store a folder has, and when they were made. */
public final class StoreCopies {
  /** How a moment stands in the name of a file. */
  public static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern STAMPED = Pattern.compile("\\d{8}T\\d{6}Z");

  private StoreCopies() {}

  /**
   * Returns a folder's copies, the newest first; none where there is no folder.
   *
   * @throws UncheckedIOException when the folder cannot be read
   */
  public static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".db"))
          .sorted(Comparator.comparing(StoreCopies::made).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns when a copy was made, to the second: as its name says, which stays when it is copied
   * about, or else as its file says.
   */
  public static Instant made(Path copy) {
    Matcher stamp = STAMPED.matcher(copy.getFileName().toString());
    if (stamp.find()) {
      try {
        return STAMP.parse(stamp.group(), Instant::from);
      } catch (DateTimeException e) {
        return changed(copy);
      }
    }
    return changed(copy);
  }

  private static Instant changed(Path copy) {
    return Instant.ofEpochMilli(copy.toFile().lastModified()).truncatedTo(ChronoUnit.SECONDS);
  }
}
