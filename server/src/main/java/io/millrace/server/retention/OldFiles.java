package io.millrace.server.retention;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Removes files that are beyond bounds. Files that vanish meanwhile are nothing special. */
final class OldFiles {
  /** A file that was written to so lately may be open. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final Clock clock;

  OldFiles(Clock clock) {
    this.clock = clock;
  }

  /** A file, with what decides about it. */
  record Found(Path path, long bytes, Instant changedAt) {}

  /** Returns the bytes of a folder's files. */
  static long bytes(Path folder) {
    return list(folder, path -> true).stream().mapToLong(Found::bytes).sum();
  }

  /**
   * Removes the files that changed longest ago until the rest is within all bounds.
   *
   * @return how many were removed
   */
  long prune(List<Found> files, int keptMax, long bytesMax, Duration age) {
    Instant now = clock.instant();
    List<Found> newest =
        files.stream().sorted(Comparator.comparing(Found::changedAt).reversed()).toList();
    long removed = 0;
    long bytes = 0;
    for (int place = 0; place < newest.size(); place++) {
      Found file = newest.get(place);
      bytes += file.bytes();
      boolean beyond =
          place >= keptMax || bytes > bytesMax || file.changedAt().isBefore(now.minus(age));
      if (beyond && file.changedAt().isBefore(now.minus(FRESH)) && delete(file.path())) {
        removed++;
        bytes -= file.bytes();
      }
    }
    return removed;
  }

  /**
   * Removes what lies in a folder and has not changed for so long, with all that is below it.
   *
   * @param inUse names of entries that stay
   */
  long pruneEntries(Path folder, Duration age, Predicate<String> inUse) {
    long removed = 0;
    for (Path entry : entries(folder)) {
      if (inUse.test(entry.getFileName().toString())) {
        continue;
      }
      Instant changed =
          Stream.concat(
                  Stream.of(changedAt(entry)),
                  list(entry, path -> true).stream().map(Found::changedAt))
              .max(Comparator.naturalOrder())
              .orElse(Instant.EPOCH);
      if (changed.isBefore(clock.instant().minus(age))) {
        removed += deleteTree(entry) ? 1 : 0;
      }
    }
    return removed;
  }

  /** Returns the files below a folder, or a file itself; none where it is missing. */
  static List<Found> list(Path folder, Predicate<Path> wanted) {
    List<Found> found = new ArrayList<>();
    if (!Files.exists(folder)) {
      return found;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (wanted.test(file)) {
                found.add(
                    new Found(file, attributes.size(), attributes.lastModifiedTime().toInstant()));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      return found;
    }
    return found;
  }

  /** Removes what lies in a folder. */
  static void empty(Path folder) {
    entries(folder).forEach(OldFiles::deleteTree);
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Instant changedAt(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  private static boolean deleteTree(Path entry) {
    try (Stream<Path> paths = Files.walk(entry)) {
      return paths.sorted(Comparator.reverseOrder()).allMatch(OldFiles::delete);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean delete(Path path) {
    try {
      return Files.deleteIfExists(path);
    } catch (IOException e) {
      return false;
    }
  }
}
