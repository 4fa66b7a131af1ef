package io.millrace.server.connector;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Notice;
import io.millrace.spi.SystemException;
import io.millrace.spi.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one connector that runs outside a sync needs: memory and a temporary folder. */
public final class ConnectorRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorRuntime.class);
  private static final long ARROW_BYTES_MAX = 256L << 20;

  private final BufferAllocator memory = new RootAllocator(ARROW_BYTES_MAX);
  private final Path temporary;
  private final ConnectorContext context;

  /** Makes it; {@code notices} takes warnings for the user. */
  public ConnectorRuntime(Clock clock, Consumer<Notice> notices) {
    try {
      this.temporary = Files.createTempDirectory("millrace-");
    } catch (IOException e) {
      memory.close();
      throw new SystemException(
          "temporary_folder", "No temporary folder can be made.", e.toString(), e);
    }
    this.context = new ConnectorContext(memory, clock, temporary, notices, Tuning.DEFAULT);
  }

  /** Returns what the connector is opened with. */
  public ConnectorContext context() {
    return context;
  }

  @Override
  public void close() {
    try {
      memory.close();
    } catch (IllegalStateException leak) {
      LOG.atError().setCause(leak).log("memory_leaked");
    }
    try (Stream<Path> paths = Files.walk(temporary)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("folder", temporary).setCause(e).log("temporary_files_left");
    }
  }
}
