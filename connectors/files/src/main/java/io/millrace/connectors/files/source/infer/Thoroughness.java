package io.millrace.connectors.files.source.infer;

/** How much of the files is looked at before types are chosen. */
public enum Thoroughness {
  /** Everything where that takes a second or two, else a sample spread over the files. */
  SAMPLED,
  /** Every row of every file. */
  FULL
}
