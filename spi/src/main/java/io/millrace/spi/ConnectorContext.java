package io.millrace.spi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Everything of the outside that a connector may touch beside its own system.
 *
 * @param allocator where every Arrow buffer comes from; it throws when the budget is spent
 * @param clock the only source of time
 * @param tempDirectory an existing folder for temporary files of this connector alone; the engine
 *     removes it
 * @param baseDirectory the folder that relative local paths of the configuration count from: the
 *     pipeline file's, or the current folder
 * @param paths which local files it may touch
 * @param notices takes warnings for the user, from any thread
 * @param tuning the bounds to keep
 * @param heartbeat takes the connector's word that its system is at work on a long call
 */
public record ConnectorContext(
    BufferAllocator allocator,
    Clock clock,
    Path tempDirectory,
    Path baseDirectory,
    PathRule paths,
    Consumer<Notice> notices,
    Tuning tuning,
    Heartbeat heartbeat) {
  private static final String HOME_PREFIX = "~/";

  /** Makes a context whose relative paths count from the current folder, and lead anywhere; no heart beats in it. */
  public ConnectorContext(
      BufferAllocator allocator,
      Clock clock,
      Path tempDirectory,
      Consumer<Notice> notices,
      Tuning tuning) {
    this(
        allocator,
        clock,
        tempDirectory,
        Path.of(""),
        PathRule.ANY,
        notices,
        tuning,
        Heartbeat.NONE);
  }

  /** Returns this context with another folder that relative paths count from. */
  public ConnectorContext withBaseDirectory(Path directory) {
    return new ConnectorContext(
        allocator, clock, tempDirectory, directory, paths, notices, tuning, heartbeat);
  }

  /** Returns this context with another rule of the local files that may be touched. */
  public ConnectorContext withPaths(PathRule rule) {
    return new ConnectorContext(
        allocator, clock, tempDirectory, baseDirectory, rule, notices, tuning, heartbeat);
  }

  /** Returns this context with somebody who listens to the heartbeat. */
  public ConnectorContext withHeartbeat(Heartbeat listener) {
    return new ConnectorContext(
        allocator, clock, tempDirectory, baseDirectory, paths, notices, tuning, listener);
  }

  /**
   * Returns a local path of the configuration as an absolute one. Every connector that takes local
   * paths resolves them here and nowhere else; a leading {@code ~/} is the user's home. Globs may
   * pass through, as their characters are legal in file names.
   *
   * @throws ConfigException when the text is no path on this system, or one that {@link #paths}
   *     refuses
   */
  public Path resolve(String path) {
    Path resolved;
    try {
      Path base =
          path.startsWith(HOME_PREFIX)
              ? Path.of(System.getProperty("user.home"))
              : baseDirectory.toAbsolutePath();
      String relative = path.startsWith(HOME_PREFIX) ? path.substring(HOME_PREFIX.length()) : path;
      resolved = base.resolve(relative).normalize();
    } catch (InvalidPathException e) {
      throw new ConfigException(
          "path_invalid",
          "\"" + ConnectorException.outside(path) + "\" is not a path on this system.",
          String.valueOf(e.getMessage()),
          e);
    }
    paths.check(resolved);
    return resolved;
  }
}
