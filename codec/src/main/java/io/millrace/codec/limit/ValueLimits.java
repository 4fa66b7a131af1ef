package io.millrace.codec.limit;

/**
 * What a system can hold of the types whose range differs between systems. A decimal must always
 * have no more digits than its type says, and a decimal NaN is always refused.
 *
 * @param system its name, as the beginning of a sentence
 * @param infinities dates and timestamps may be infinite
 * @param endOfDay the time 24:00 is a time
 * @param timestampMin the first timestamp, in microseconds since 1970
 * @param timestampMax the last timestamp
 */
public record ValueLimits(
    String system, boolean infinities, boolean endOfDay, long timestampMin, long timestampMax) {}
