package io.millrace.engine;

import io.millrace.spi.ConfigException;
import io.millrace.spi.StreamName;
import org.jspecify.annotations.Nullable;

/**
 * Selects streams and says how they are synced.
 *
 * @param pattern which streams
 * @param options how; what is null comes from the pipeline's defaults
 * @param problem why the one stream that the pattern names exactly cannot be synced, or null; that
 *     stream fails by it, whether the source has it or not, and the others go on
 * @param whenGone why the one stream that the pattern names exactly fails where the source does not
 *     have it, or null; with it, whatever is wrong with that stream is its own problem, and the
 *     others go on, while without it nothing is synced
 */
public record StreamSelection(
    StreamPattern pattern,
    StreamOptions options,
    @Nullable ConfigException problem,
    @Nullable ConfigException whenGone) {
  public StreamSelection {
    if ((problem != null || whenGone != null) && pattern.stream() == null) {
      throw new IllegalArgumentException("The pattern " + pattern + " names no stream.");
    }
  }

  /** Selects streams of which no problem is known. */
  public StreamSelection(StreamPattern pattern, StreamOptions options) {
    this(pattern, options, null, null);
  }

  /** Selects a stream that is known to be one that cannot be synced. */
  public static StreamSelection failing(
      StreamName stream, StreamOptions options, ConfigException problem) {
    return new StreamSelection(StreamPattern.exactly(stream), options, problem, null);
  }

  /** Selects a stream that the source had a moment ago. */
  public static StreamSelection seen(
      StreamName stream, StreamOptions options, ConfigException whenGone) {
    return new StreamSelection(StreamPattern.exactly(stream), options, null, whenGone);
  }
}
