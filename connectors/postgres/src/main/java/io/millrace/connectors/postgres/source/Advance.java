package io.millrace.connectors.postgres.source;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.StreamState;
import io.millrace.spi.SystemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins what the partitions' ends say to the state of the next read. */
final class Advance {
  /** The state after a full read: there is nothing to go on from. */
  private static final StreamState NOTHING = new StreamState(1, "{}");

  private Advance() {}

  static StreamState of(
      ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
    if (!stream.mode().incremental()) {
      return NOTHING;
    }
    if (finished.isEmpty() && before != null) {
      return before;
    }
    Earlier all = Earlier.of(finished);
    @Nullable Outcome last = all.newest();
    if (last == null || !all.open().isEmpty()) {
      throw new SystemException(
          "advance_early",
          "The read of "
              + stream.name().display()
              + " was to end before all of it was durable. Please report this.");
    }
    @Nullable Progress from = Progress.read(before);
    boolean tracked = last.ahead().ties() < 0;
    @Nullable Known known = tracked ? known(all, last, from) : null;
    @Nullable String cursor = last.ahead().cursor();
    return new Progress(
            stream.cursorField(),
            cursor,
            last.ahead().ties(),
            known,
            last.snapshot().xmax(),
            cursor,
            last.snapshot().cluster())
        .write();
  }

  private static Known known(Earlier all, Outcome last, @Nullable Progress from) {
    @Nullable Known before = from == null ? null : from.known();
    boolean same = from != null && from.cluster().equals(last.snapshot().cluster());
    return all.knownAt(last.snapshot(), before != null && same ? before : Known.below(0));
  }
}
