package io.millrace.server.job.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what every thread is doing, virtual ones included, into the log. */
final class ThreadDump {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadDump.class);
  private static final int LINES_MAX = 4_000;

  private ThreadDump() {}

  /** Writes the lines one by one; the file between is in the folder and gone afterwards. */
  static void log(Path folder) {
    Path file = folder.toAbsolutePath().resolve("threads-" + UUID.randomUUID() + ".txt");
    try {
      Files.createDirectories(file.getParent());
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      try (Stream<String> lines = Files.lines(file)) {
        lines.limit(LINES_MAX).forEach(line -> LOG.atWarn().log(line));
      }
      Files.delete(file);
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("thread_dump_failed");
    }
  }
}
