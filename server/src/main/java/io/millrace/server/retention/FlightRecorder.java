package io.millrace.server.retention;

import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in memory what the process does (JFR), within bounds, and keeps what led to a failure
 * beside the log of the attempt. Thread-safe.
 *
 * <p>Nothing that may hold a secret is recorded: no environment, no properties, no command lines.
 */
public final class FlightRecorder implements AutoCloseable {
  /** The entry of the folder of temporary files that a running recording lies in. */
  static final String FOLDER = "jfr";

  private static final Logger LOG = LoggerFactory.getLogger(FlightRecorder.class);
  private static final long BYTES_PER_KIB = 1024;

  /** So many times what a recording takes at most must be free before it is written. */
  private static final int ROOM_FACTOR = 4;

  private static final List<String> MAY_HOLD_SECRETS =
      List.of(
          "jdk.InitialEnvironmentVariable",
          "jdk.InitialSystemProperty",
          "jdk.InitialSecurityProperty",
          "jdk.SystemProcess",
          "jdk.JVMInformation",
          "jdk.StringFlag",
          "jdk.JavaExceptionThrow",
          "jdk.JavaErrorThrow",
          // Of the library that asks the store: each statement with all its values.
          "jdbi.statement");

  private final RetentionSettings.Recordings bounds;
  private final JobLogs logs;
  private final Clock clock;
  private @Nullable Recording recording;
  private Instant last = Instant.EPOCH;

  /** Makes it; nothing is recorded before {@link #start}. */
  public FlightRecorder(RetentionSettings.Recordings bounds, JobLogs logs, Clock clock) {
    this.bounds = bounds;
    this.logs = logs;
    this.clock = clock;
  }

  /**
   * Begins to record; takes part of a second. Removes what a killed process left of its recording.
   * Where a Java without JFR runs, or the folder cannot be written, nothing is recorded and a log
   * line says so.
   *
   * @param temporary the folder of temporary files
   */
  public synchronized void start(Path temporary) {
    if (!bounds.enabled() || recording != null) {
      return;
    }
    try {
      Path folder = Files.createDirectories(temporary.resolve(FOLDER));
      OldFiles.empty(folder);
      configure(folder);
      Recording made = new Recording(Configuration.getConfiguration("default"));
      made.setName("millrace");
      // Java ends at once when the disk is full under a recording, so none is written while it
      // runs.
      made.setToDisk(false);
      MAY_HOLD_SECRETS.forEach(made::disable);
      made.start();
      recording = made;
    } catch (IOException | ParseException | JMException | IllegalStateException e) {
      LOG.atWarn().setCause(e).log("flight_recorder_not_started");
    }
  }

  /**
   * Keeps what was recorded, beside the attempt's log. Tells whether it did: not when the recorder
   * is off, or kept another one a moment ago, or the disk has hardly room.
   */
  public synchronized boolean dump(AttemptKey key) {
    Instant now = clock.instant();
    if (recording == null || now.isBefore(last.plus(bounds.pause()))) {
      return false;
    }
    Path file = logs.recording(key);
    if (!hasRoom(file)) {
      return false;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      recording.dump(part);
      Files.move(part, file);
      last = now;
      return true;
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("flight_recording_not_kept");
      delete(part);
      return false;
    }
  }

  @Override
  public synchronized void close() {
    if (recording != null) {
      recording.close();
      recording = null;
    }
  }

  /** Says where JFR may write and how much it remembers; its own API cannot. */
  private void configure(Path folder) throws JMException {
    Object[] arguments = {
      new String[] {
        "repositorypath=\"" + folder + "\"", "memorysize=" + bounds.bytes() / BYTES_PER_KIB + "k"
      }
    };
    ManagementFactory.getPlatformMBeanServer()
        .invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "jfrConfigure",
            arguments,
            new String[] {String[].class.getName()});
  }

  /** Java would end with the disk's last byte. */
  private boolean hasRoom(Path file) {
    try {
      Path folder = Files.createDirectories(file.resolveSibling(""));
      return Files.getFileStore(folder).getUsableSpace() >= ROOM_FACTOR * bounds.bytes();
    } catch (IOException e) {
      return false;
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("temporary_files_left");
    }
  }
}
