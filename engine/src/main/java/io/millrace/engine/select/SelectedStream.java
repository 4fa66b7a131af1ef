package io.millrace.engine.select;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.TargetName;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a sync.
 *
 * @param descriptor as the source offers it
 * @param stream as the user chose it
 * @param wanted the target as the pipeline asks for it
 * @param target the target it gets
 * @param problem why it cannot be synced, or null; the other streams go on
 */
public record SelectedStream(
    StreamDescriptor descriptor,
    ConfiguredStream stream,
    TargetName wanted,
    TargetName target,
    @Nullable ConfigException problem) {

  /**
   * Returns every option that changes what is read or how it is written, as one text: a read that
   * was interrupted goes on only while this is the same.
   */
  public String signature() {
    return String.join(
        " ",
        stream.mode().label(),
        "columns=" + stream.columns(),
        "cursor=" + stream.cursorField(),
        "key=" + stream.primaryKey(),
        "target=" + target.identity());
  }
}
