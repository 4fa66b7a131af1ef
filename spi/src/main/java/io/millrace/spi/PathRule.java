package io.millrace.spi;

import java.nio.file.Path;

/**
 * Which local files a connector may touch. {@link ConnectorContext#resolve} asks it for every path
 * of the configuration; a connector that finds further paths by itself, by a pattern or below a
 * folder, asks for each before it opens it. Thread-safe.
 */
@FunctionalInterface
public interface PathRule {
  /** Every path: what the user of the process may touch. */
  PathRule ANY = path -> {};

  /**
   * Refuses a path that must not be read or written. Symbolic links on its way are followed; the
   * path need not exist.
   *
   * @throws ConfigException when it is refused
   */
  void check(Path path);
}
