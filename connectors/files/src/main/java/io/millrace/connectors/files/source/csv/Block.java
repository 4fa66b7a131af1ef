package io.millrace.connectors.files.source.csv;

/** Indexed records that the column decoders turn into values; used again for every block. */
final class Block {
  final FieldIndex index;
  final RowFaults faults;
  final Unquoted unquoted;
  final NullTexts nullTexts;

  /** The padded buffer that the index points into. */
  byte[] data = {};

  Block(Dialect dialect, int fields, NullTexts nullTexts, int rowsLimit) {
    this.index = new FieldIndex(fields, rowsLimit);
    this.faults = new RowFaults(index.rowsMax);
    this.unquoted = new Unquoted(dialect);
    this.nullTexts = nullTexts;
  }
}
