package io.millrace.server.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of the repository, without what a build or a tool leaves. */
final class SourceTree {
  private static final Set<String> SKIPPED =
      Set.of("target", ".git", ".idea", ".vscode", ".millrace", "node_modules", ".settings");

  private final Path root;

  private SourceTree(Path root) {
    this.root = root;
  }

  /** Finds the repository from the folder in which the test runs. */
  static SourceTree find() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("No folder with mvnw above the test.");
    }
    return new SourceTree(folder);
  }

  Path root() {
    return root;
  }

  /** Returns the path of a file within the repository. */
  String relative(Path file) {
    return root.relativize(file).toString();
  }

  /** Returns every file whose name ends so. */
  List<Path> files(String suffix) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .filter(this::kept)
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean kept(Path file) {
    for (Path part : root.relativize(file)) {
      if (SKIPPED.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }
}
