package io.millrace.engine.run;

import io.millrace.engine.EngineSettings;
import io.millrace.engine.SyncEvent;
import io.millrace.engine.SyncListener;
import io.millrace.engine.SyncSpec;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Destination;
import io.millrace.spi.Heartbeat;
import io.millrace.spi.Source;
import io.millrace.spi.Tuning;
import io.millrace.spi.WorkThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open source and destination of one sync, with the memory and the temporary folder they use.
 *
 * <p>Each side allocates from a child of one capped allocator, so that a leak names its side.
 */
final class Connectors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);

  /** How long a sync's end waits for a contact that is still being made. */
  private static final Duration WARM_UP_END_MAX = Duration.ofSeconds(5);

  private final BufferAllocator root;
  private final BufferAllocator sourceMemory;
  private final BufferAllocator destinationMemory;
  private final BufferAllocator engineMemory;
  private final Path folder;
  private final Source source;
  private final Destination destination;
  private final Thread warmUp;
  private long destinationCloseNanos;

  Connectors(
      SyncSpec spec,
      EngineSettings settings,
      Clock clock,
      Path tempDirectory,
      SyncListener listener,
      Heartbeat heartbeat) {
    this.folder = temporaryFolder(tempDirectory);
    this.root = new RootAllocator(settings.arrowBytesMax());
    this.sourceMemory = root.newChildAllocator("source", 0, settings.arrowBytesMax());
    this.destinationMemory = root.newChildAllocator("destination", 0, settings.arrowBytesMax());
    this.engineMemory = root.newChildAllocator("engine", 0, settings.arrowBytesMax());
    @Nullable Destination opened = null;
    try {
      Tuning tuning = settings.tuning();
      opened =
          spec.destination()
              .apply(
                  context(spec, destinationMemory, tuning, clock, listener, "destination")
                      .withHeartbeat(heartbeat));
      Tuning wanted = tuning.withPartitions(opened.traits().commitBytes());
      this.source =
          spec.source()
              .apply(
                  context(spec, sourceMemory, wanted, clock, listener, "source")
                      .withHeartbeat(heartbeat));
      this.destination = opened;
      this.warmUp = WorkThreads.virtual("warm-up", () -> warmUp(destination));
    } catch (RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      release();
      throw e;
    }
  }

  /** Lets the destination make contact while the source is asked for its streams. */
  void warmUp() {
    warmUp.start();
  }

  private static void warmUp(Destination destination) {
    try {
      destination.warmUp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atDebug().setCause(e).log("warm_up_failed");
    }
  }

  private void endWarmUp() {
    if (warmUp.getState() == Thread.State.NEW) {
      return;
    }
    warmUp.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      warmUp.join(WARM_UP_END_MAX);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  Source source() {
    return source;
  }

  Destination destination() {
    return destination;
  }

  BufferAllocator engineMemory() {
    return engineMemory;
  }

  @Override
  public void close() {
    endWarmUp();
    source.close();
    long start = System.nanoTime();
    destination.close();
    destinationCloseNanos = System.nanoTime() - start;
    release();
  }

  /** Returns how long the destination took to close; after {@link #close}. */
  long destinationCloseNanos() {
    return destinationCloseNanos;
  }

  private void release() {
    for (BufferAllocator memory : List.of(sourceMemory, destinationMemory, engineMemory, root)) {
      closeMemory(memory);
    }
    deleteAll(folder);
  }

  private ConnectorContext context(
      SyncSpec spec,
      BufferAllocator memory,
      Tuning tuning,
      Clock clock,
      SyncListener listener,
      String side) {
    Path own = folder.resolve(side);
    try {
      Files.createDirectories(own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ConnectorContext(
        memory,
        clock,
        own,
        notice -> {
          // A source looks at streams that nobody asked for; its words about them are nobody's.
          if (notice.stream() == null || spec.selects(notice.stream())) {
            synchronized (listener) {
              listener.on(new SyncEvent.Noticed(notice));
            }
          }
        },
        tuning);
  }

  private static void closeMemory(BufferAllocator memory) {
    try {
      memory.close();
    } catch (IllegalStateException leak) {
      LOG.atError().addKeyValue("allocator", memory.getName()).setCause(leak).log("memory_leaked");
    }
  }

  private static Path temporaryFolder(Path parent) {
    try {
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, "sync-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteAll(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("folder", folder).setCause(e).log("temporary_folder_left");
    }
  }
}
