package io.millrace.testkit;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Notice;
import io.millrace.spi.Tuning;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A connector's context in tests, with the notices it gave.
 *
 * @param connector what is passed to the connector
 * @param notices every notice so far, in order; grows while the connector works
 */
public record TestContext(ConnectorContext connector, List<Notice> notices) {
  /** Makes a context with the system's clock and the default bounds. */
  public static TestContext of(BufferAllocator allocator, Path tempDirectory) {
    return of(allocator, tempDirectory, Clock.systemUTC(), Tuning.DEFAULT);
  }

  /** Makes a context. */
  public static TestContext of(
      BufferAllocator allocator, Path tempDirectory, Clock clock, Tuning tuning) {
    List<Notice> notices = new CopyOnWriteArrayList<>();
    return new TestContext(
        new ConnectorContext(allocator, clock, tempDirectory, notices::add, tuning), notices);
  }
}
