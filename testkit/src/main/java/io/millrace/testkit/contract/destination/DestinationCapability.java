package io.millrace.testkit.contract.destination;

/**
 * What a destination, or the system under it, can do beyond its write modes. A fixture has every
 * one unless it says otherwise.
 */
public enum DestinationCapability {
  /** A target can be read while a loader of it is open, or says that it is busy. */
  READ_WHILE_LOADING,
  /** A reader sees the old rows or the new ones; without it, both together but never fewer. */
  EXACT_SWAP,
  /** A target without rows can be told from one that is not there. */
  EMPTY_TABLES,
  /** A target keeps its rows when columns are added and widened. */
  SCHEMA_CHANGE,
  /** Namespaces other than the default can be written to. */
  NAMESPACES,
  /** Targets and columns can have the names of {@link io.millrace.testkit.contract.UglyNames}. */
  UGLY_NAMES,
  /** A target can have 1,000 columns. */
  WIDE,
  /** A value can be 1 MB large. */
  LARGE_VALUES,
  /** A write can be made to block; see {@link DestinationFixture#block}. */
  BLOCK
}
