package io.millrace.spi;

import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A kind of source that can tell, without connecting to anything, whether it can go on from a
 * state: one that somebody wrote is then refused when it is given, not by the next sync.
 *
 * <p>An ability of a {@link SourceDefinition}, beside what it must do.
 */
public interface StateCheck {
  /**
   * Looks whether a stream's state is one that this source could have written. Pure; from any
   * thread.
   *
   * @param fields the stream's fields; none where they are not known
   * @return what was expected, to follow the word "expected"; null when nothing is wrong
   */
  @Nullable String wrongWith(StreamState state, Schema fields);
}
