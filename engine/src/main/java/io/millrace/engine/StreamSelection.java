package io.millrace.engine;

/**
 * Selects streams and says how they are synced.
 *
 * @param pattern which streams
 * @param options how; what is null comes from the pipeline's defaults
 */
public record StreamSelection(StreamPattern pattern, StreamOptions options) {}
