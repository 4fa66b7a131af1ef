package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Notice;
import io.millrace.spi.Tuning;
import io.millrace.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * What one contract test works with: memory, a folder and notices of its own. Closing it closes
 * what the test opened and then fails when memory or temporary files are left. Used by one thread,
 * apart from {@link #context}.
 */
public final class Workbench implements AutoCloseable {
  /** The memory a test and the connector under it may hold, in bytes. */
  public static final long MEMORY_BYTES_MAX = 256L << 20;

  private final BufferAllocator allocator = new RootAllocator(MEMORY_BYTES_MAX);
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Path temp;
  private final TestContext context;

  /** Makes a workbench whose connectors keep to these bounds. */
  public Workbench(Tuning tuning) {
    try {
      temp = Files.createTempDirectory("millrace-contract");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    context = TestContext.of(allocator, temp, Clock.systemUTC(), tuning);
  }

  /** Returns what connectors are opened with. */
  public ConnectorContext context() {
    return context.connector();
  }

  /** Returns the notices given so far. */
  public List<Notice> notices() {
    return context.notices();
  }

  /** Returns the root of all memory. */
  public BufferAllocator allocator() {
    return allocator;
  }

  /** Closes something at the end, last opened first; closing it earlier too does no harm. */
  public <T extends AutoCloseable> T keep(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Fails when memory is allocated or temporary files are there; connectors must be closed. */
  public void assertNothingLeft() {
    assertThat(allocator.getAllocatedMemory())
        .as("Arrow memory left allocated, in bytes: %s", allocator)
        .isZero();
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).as("temporary files left by the connector").isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      while (!opened.isEmpty()) {
        close(opened.pop());
      }
      assertNothingLeft();
    } finally {
      removeTemp();
    }
    allocator.close();
  }

  @SuppressWarnings("InterruptedExceptionSwallowed") // Any failure to close fails the test.
  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new AssertionError(resource + " could not be closed.", e);
    }
  }

  private void removeTemp() {
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
