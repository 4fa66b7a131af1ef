package io.millrace.testkit.fake;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.Partition;
import io.millrace.spi.StreamState;
import io.millrace.spi.SystemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a table that one partition reads, and the tokens of partition, checkpoint and state.
 *
 * @param from the first slot
 * @param to the slot after the last
 * @param asOf the moment whose rows are read
 */
record SlotRange(int from, int to, long asOf) {
  private static final int VERSION = 1;

  Partition toPartition(String id) {
    return new Partition(
        id,
        VERSION,
        "{\"from\":%d,\"to\":%d,\"as_of\":%d}".formatted(from, to, asOf),
        "slots %d to %d as of %d".formatted(from, to - 1, asOf),
        to - from,
        -1);
  }

  static SlotRange of(Partition partition) {
    String token = partition.token();
    return new SlotRange(
        (int) number(token, "from"), (int) number(token, "to"), number(token, "as_of"));
  }

  /** Returns where reading goes on. */
  int start(@Nullable Checkpoint checkpoint) {
    return checkpoint == null ? from : (int) number(checkpoint.token(), "slot");
  }

  static Checkpoint checkpoint(int nextSlot) {
    return new Checkpoint(VERSION, "{\"slot\":%d}".formatted(nextSlot));
  }

  static StreamState state(int nextSlot) {
    return new StreamState(VERSION, "{\"slot\":%d}".formatted(nextSlot));
  }

  static int slot(@Nullable StreamState state) {
    return state == null ? 0 : (int) number(state.token(), "slot");
  }

  private static long number(String token, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\":(\\d+)").matcher(token);
    if (!matcher.find()) {
      throw new SystemException(
          "fake_token", "The token has no number \"" + key + "\": " + token + ".");
    }
    return Long.parseLong(matcher.group(1));
  }
}
