package io.millrace.testkit.contract.source;

/**
 * What a source, or the system under it, can do. A fixture has every one unless it says otherwise;
 * for a missing one the suites test that the refusal is clear, where there is something to refuse.
 */
public enum SourceCapability {
  /** Streams of any schema can be made; without it the fixture has one stream that is given. */
  CREATE_STREAMS,
  /** Rows can be added to a stream. */
  INSERT,
  /** Rows can be changed by their key; it needs {@link #INSERT}. */
  UPDATE,
  /** A stream can be read by a cursor. */
  INCREMENTAL,
  /** A row added later with a cursor that was the largest before is read, and no other again. */
  TIES_EXACTLY_ONCE,
  /** Columns can be added and dropped. */
  SCHEMA_CHANGE,
  /** Streams and columns can have the names of {@link io.millrace.testkit.contract.UglyNames}. */
  UGLY_NAMES,
  /** A stream can have 1,000 columns. */
  WIDE,
  /** A value can be 1 MB large. */
  LARGE_VALUES,
  /** A transaction can be held open; see {@link SourceFixture#insertLate}. */
  OPEN_TRANSACTIONS,
  /** A read can be made to block; see {@link SourceFixture#block}. */
  BLOCK,
  /** The source's connections can be cut; see {@link SourceFixture#cutConnections}. */
  CUT_CONNECTIONS
}
