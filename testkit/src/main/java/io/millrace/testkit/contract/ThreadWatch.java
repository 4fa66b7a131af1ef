package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds threads, virtual ones too, that were started and did not end. */
public final class ThreadWatch {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Threads that the JDK starts for itself and keeps. */
  private static final List<String> OF_THE_JDK =
      List.of(
          "ForkJoinPool",
          "VirtualThread-unblocker",
          "VirtualThread-unparker",
          "Read-Poller",
          "Write-Poller",
          "MasterPoller",
          "process reaper",
          "Cleaner-",
          "Common-Cleaner",
          "HttpClient-",
          "Attach Listener",
          "Keep-Alive-Timer",
          "C1 CompilerThread",
          "C2 CompilerThread");

  private static final Pattern HEADER = Pattern.compile("(?m)^#(\\d+) \"([^\"]*)\".*$");

  private final Map<Long, String> before = live();
  private final List<String> lasting;

  private ThreadWatch(List<String> lasting) {
    this.lasting = lasting;
  }

  /**
   * Begins to watch.
   *
   * @param lasting the beginnings of names of threads that may stay
   */
  public static ThreadWatch begin(List<String> lasting) {
    return new ThreadWatch(lasting);
  }

  /** Fails when threads started since the beginning still live, after some patience. */
  public void assertAllEnded() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Map<Long, String> left = started();
    while (!left.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(PAUSE);
      left = started();
    }
    assertThat(left.values()).as("threads that the connector left running").isEmpty();
  }

  private Map<Long, String> started() {
    Map<Long, String> started = live();
    started.keySet().removeAll(before.keySet());
    started.values().removeIf(this::mayStay);
    return started;
  }

  private boolean mayStay(String name) {
    return OF_THE_JDK.stream().anyMatch(name::startsWith)
        || lasting.stream().anyMatch(name::startsWith);
  }

  private static Map<Long, String> live() {
    Map<Long, String> threads = new LinkedHashMap<>();
    Matcher header = HEADER.matcher(dump());
    while (header.find()) {
      threads.put(Long.valueOf(header.group(1)), header.group(2));
    }
    return threads;
  }

  private static String dump() {
    try {
      Path folder = Files.createTempDirectory("millrace-threads");
      Path file = folder.resolve("dump.txt").toAbsolutePath();
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
