package io.millrace.server.up;

import io.millrace.server.environment.Variables;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.PathRule;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Which local files those may reach who may edit a source or destination. Never the server's own:
 * its data directory holds the key of all secrets, and the system's folders of processes hold its
 * environment. In the data directory there is a place for warehouses.
 */
final class ServerPaths implements PathRule {
  /** The folders that files of connectors must lie in; nothing said, any folder. */
  static final String FILE_ROOTS = "MILLRACE_FILE_ROOTS";

  /** The folders that files of {@code ${file:PATH}} must lie in; nothing said, any folder. */
  static final String SECRET_FILE_ROOTS = "MILLRACE_SECRET_FILE_ROOTS";

  private static final List<Path> OF_THE_SYSTEM =
      List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

  private static final int LINKS_MAX = 40;

  private final DataDirectory data;
  private final String setting;
  private final List<Path> roots;

  private ServerPaths(DataDirectory data, String setting, List<Path> roots) {
    this.data = data;
    this.setting = setting;
    this.roots = roots;
  }

  /**
   * Returns the rule of a server.
   *
   * @param setting the variable that names folders, separated as those of {@code PATH} are
   * @throws ConfigException when it names something that is no absolute path
   */
  static ServerPaths of(DataDirectory data, String setting, Map<String, String> environment) {
    List<Path> roots = new ArrayList<>();
    for (String text : new Variables(environment).text(setting).split(File.pathSeparator)) {
      if (!text.isBlank()) {
        roots.add(root(setting, text.strip()));
      }
    }
    return new ServerPaths(data, setting, roots);
  }

  @Override
  public void check(Path path) {
    Path real = real(path);
    if (OF_THE_SYSTEM.stream().anyMatch(real::startsWith)) {
      throw refused(
          path, "is no file of data: it lies in " + real.subpath(0, 1) + " of the system");
    }
    Path own = real(data.root());
    if (real.startsWith(own)) {
      if (!data.isWarehouse(own.relativize(real))) {
        throw refused(
            path,
            "lies in the server's data directory, where relative paths begin; there a connector may"
                + " use *.duckdb files and the folder "
                + DataDirectory.WAREHOUSES
                + " only");
      }
    } else if (!roots.isEmpty() && roots.stream().noneMatch(root -> real.startsWith(real(root)))) {
      throw refused(
          path,
          "lies in none of the folders that the server allows ("
              + setting
              + ": "
              + String.join(", ", roots.stream().map(Path::toString).toList())
              + ")");
    }
  }

  private static ConfigException refused(Path path, String why) {
    return new ConfigException(
        "path_refused",
        "\""
            + ConnectorException.outside(path.toString())
            + "\" "
            + why
            + ". Choose another place.");
  }

  private static Path root(String setting, String text) {
    try {
      Path root = Path.of(text);
      if (root.isAbsolute()) {
        return root.normalize();
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw new ConfigException(
        "setting",
        setting
            + " names \""
            + ConnectorException.outside(text)
            + "\"; expected absolute folders, separated by \""
            + File.pathSeparator
            + "\".");
  }

  /** Follows every link on the way, also where the file, or the link's target, does not exist. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path current = absolute.getRoot();
    Deque<Path> names = new ArrayDeque<>();
    absolute.forEach(names::add);
    int links = 0;
    while (!names.isEmpty()) {
      Path next = current.resolve(names.pop()).normalize();
      if (!Files.isSymbolicLink(next)) {
        current = next;
        continue;
      }
      if (++links > LINKS_MAX) {
        throw refused(path, "leads through more than " + LINKS_MAX + " links");
      }
      Path target = target(path, next);
      current = target.isAbsolute() ? target.getRoot() : current;
      List<Path> ahead = new ArrayList<>();
      target.forEach(ahead::add);
      ahead.reversed().forEach(names::push);
    }
    return current;
  }

  private static Path target(Path path, Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      throw refused(path, "leads through a link that cannot be followed");
    }
  }
}
