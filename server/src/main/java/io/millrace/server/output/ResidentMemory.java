package io.millrace.server.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that this process and its children take of the machine. */
final class ResidentMemory {
  private static final String PEAK = "VmHWM:";
  private static final long KIB = 1024;

  private ResidentMemory() {}

  /**
   * Returns the peak of the resident memory of this process and of its running children, in bytes.
   * Where the system has no /proc it is what the heap takes.
   */
  static long peakBytes() {
    long own = peakBytes("self");
    if (own == 0) {
      return Runtime.getRuntime().totalMemory();
    }
    return own
        + ProcessHandle.current()
            .descendants()
            .mapToLong(child -> peakBytes(Long.toString(child.pid())))
            .sum();
  }

  private static long peakBytes(String process) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
        if (line.startsWith(PEAK)) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB;
        }
      }
    } catch (IOException e) {
      // The process has ended, or the system has no /proc: it counts as nothing.
    }
    return 0;
  }
}
