package io.millrace.server.retention;

import io.millrace.server.output.Humans;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the free space of the data directory's disk: while it is short, new jobs wait. Running
 * jobs go on; what fails for lack of space is tried again as any other failure is. Thread-safe.
 *
 * <p>Jobs begin again when a quarter more than the bound is free, so that a disk at its bound does
 * not start and stop them all the time.
 */
public final class DiskWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
  private static final Duration STOP_MAX = Duration.ofSeconds(2);

  /** On a small disk the floor is no more than this part of it. */
  private static final int FLOOR_PART = 4;

  /** What is known of a disk. */
  public record Space(long free, long total) {}

  /** Measures a disk. */
  @FunctionalInterface
  public interface Meter {
    /** Returns its space now. */
    Space measure() throws IOException;

    /** Measures the disk that a folder lies on. */
    static Meter of(Path folder) {
      return () -> {
        FileStore store = Files.getFileStore(folder);
        return new Space(store.getUsableSpace(), store.getTotalSpace());
      };
    }
  }

  private final Meter meter;
  private final RetentionSettings.Disk bounds;
  private final Consumer<Boolean> changed;
  private final Thread thread = Thread.ofVirtual().name("disk-watch").unstarted(this::run);
  private volatile Space space = new Space(Long.MAX_VALUE, 0);
  private volatile boolean open = true;
  private boolean blind;

  /**
   * Makes it.
   *
   * @param changed is told when new jobs begin to wait (false), and when they may begin again
   *     (true); on the thread that found it out
   */
  public DiskWatch(Meter meter, RetentionSettings.Disk bounds, Consumer<Boolean> changed) {
    this.meter = meter;
    this.bounds = bounds;
    this.changed = changed;
  }

  /** Looks once and begins to look every so often. */
  public void start() {
    open();
    thread.start();
  }

  /** Looks, and tells whether new jobs may begin. */
  public boolean open() {
    boolean before;
    boolean now;
    synchronized (this) {
      before = open;
      look();
      now = open;
    }
    if (before != now) {
      (now ? LOG.atInfo() : LOG.atWarn())
          .addKeyValue("free_bytes", space.free())
          .addKeyValue("bound_bytes", bound())
          .log(now ? "disk_has_room" : "disk_short_of_room");
      changed.accept(now);
    }
    return now;
  }

  /** Returns why new jobs wait, in a sentence, or nothing; as of the last look. */
  public Optional<String> problem() {
    return open
        ? Optional.empty()
        : Optional.of(
            "The disk of the data directory has "
                + Humans.bytes(space.free())
                + " free, less than "
                + Humans.bytes(bound())
                + ": new jobs wait until "
                + Humans.bytes(resume())
                + " are free.");
  }

  /** Returns the free bytes as of the last look. */
  public long freeBytes() {
    return space.free();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      space = meter.measure();
      blind = false;
    } catch (IOException e) {
      if (!blind) {
        LOG.atWarn().setCause(e).log("disk_not_measured");
      }
      blind = true;
      return;
    }
    open = space.free() >= (open ? bound() : resume());
  }

  private long bound() {
    long total = space.total();
    long floor = Math.min(bounds.floorBytes(), total / FLOOR_PART);
    return Math.max(floor, (long) (total * bounds.share()));
  }

  private long resume() {
    return bound() + bound() / 4;
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(bounds.every());
        open();
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("disk_watch_ended");
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("disk_watch_failed");
    }
  }
}
