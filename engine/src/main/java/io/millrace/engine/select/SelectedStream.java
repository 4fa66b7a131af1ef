package io.millrace.engine.select;

import io.millrace.engine.mapper.Mapper;
import io.millrace.engine.mapper.Mapping;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a sync.
 *
 * @param descriptor as the source offers it
 * @param stream as the user chose it
 * @param mappers what its fields and rows pass on their way
 * @param wanted the target as the pipeline asks for it
 * @param target the target it gets
 * @param problem why it cannot be synced, or null; the other streams go on
 * @param replacement whether it is read from its beginning and replaces what the target holds
 */
public record SelectedStream(
    StreamDescriptor descriptor,
    ConfiguredStream stream,
    List<Mapper> mappers,
    TargetName wanted,
    TargetName target,
    @Nullable ConfigException problem,
    Replacement replacement) {
  public SelectedStream {
    mappers = List.copyOf(mappers);
  }

  /** Returns this stream with another target. */
  SelectedStream landingIn(TargetName newTarget) {
    return new SelectedStream(descriptor, stream, mappers, wanted, newTarget, problem, replacement);
  }

  /** Tells whether it is read from its beginning and replaces what the target holds. */
  public boolean replaced() {
    return replacement != Replacement.NONE;
  }

  /** Returns what happens to the rows that the target already holds. */
  public WriteMode writeMode() {
    return writtenAs().writeMode();
  }

  /** Returns the mode by which it is written; it is read by the mode of {@link #stream}. */
  public SyncMode writtenAs() {
    if (!replaced()) {
      return stream.mode();
    }
    return stream.mode().writeMode().dedups()
        ? SyncMode.FULL_REFRESH_OVERWRITE_DEDUP
        : SyncMode.FULL_REFRESH_OVERWRITE;
  }

  /**
   * Returns every option that changes what is read or how it is written, as one text: a read that
   * was interrupted goes on only while this is the same. Columns and mappers matter only where rows
   * are staged: an append may gain and lose columns on its way, as it may from sync to sync.
   */
  public String signature() {
    String columns = writeMode().staged() ? stream.columns().toString() : "any";
    String mapped =
        mappers.isEmpty() || !writeMode().staged()
            ? ""
            : " mappers=" + Mapping.fingerprint(mappers);
    return String.join(
        " ",
        replacement.begin(stream.mode().label()) + columns,
        "cursor=" + stream.cursorField(),
        "key=" + stream.primaryKey(),
        "target=" + target.identity() + mapped);
  }
}
