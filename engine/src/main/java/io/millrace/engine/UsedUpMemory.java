package io.millrace.engine;

import org.apache.arrow.memory.OutOfMemoryException;
import org.jspecify.annotations.Nullable;

/** Tells which memory was used up, and how to give more of it. */
public final class UsedUpMemory {
  private static final int CAUSES_MAX = 20;

  private UsedUpMemory() {}

  /** Returns what to tell the user when a failure means that memory was used up, else null. */
  public static @Nullable String sentence(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      if (cause instanceof OutOfMemoryException) {
        return "The memory for rows under way is used up, so rows of this stream are very large or"
            + " very many columns wide. Give more of it (--memory of `millrace sync`; on a server"
            + " memory_limit in the connection's resourceRequirements), or leave out the largest"
            + " columns.";
      }
      if (cause instanceof OutOfMemoryError) {
        return "Java's heap of "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MiB is used up. Start with a larger one, such as MILLRACE_JAVA_OPTIONS=-Xmx1g, or"
            + " sync fewer streams at once.";
      }
      cause = cause.getCause();
    }
    return null;
  }
}
