package io.millrace.server.e2e;

import java.io.IOException;

/** File systems of a few megabytes, mounted where only the process under test sees them. */
public final class SmallDisks {
  private SmallDisks() {}

  /** Tells whether this system lets anybody mount a file system of their own. */
  public static boolean canBeMade() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
