package io.millrace.connectors.files.source.csv;

import java.util.Arrays;

/**
 * Where the fields of a block of records end in their buffer, and which records have none because
 * they are malformed. Filled by a {@link RecordScanner}; one is used again for every block.
 */
final class FieldIndex {
  /** The field is in quotes. */
  static final int QUOTED = 1 << 30;

  /** The field holds doubled quotes or escapes. */
  static final int ESCAPED = 1 << 29;

  /** The bits that hold the position. */
  static final int POSITION = ESCAPED - 1;

  private static final int ENTRIES_MAX = 1 << 16;
  private static final int ROWS_MAX = 2048;
  private static final int FAULTS_INITIAL = 16;

  /** With so many malformed records a block ends: each becomes an object with its text. */
  private static final int FAULTS_MAX = 1_000;

  /** Entries per record: one before its first byte, then the end of each field. */
  final int stride;

  final int rowsMax;

  /** The entries of all records; see {@link #stride}. Ends carry flags. */
  final int[] ends;

  int rows;

  /** The lines that all records so far, malformed and empty ones included, have taken. */
  long lines;

  /** Malformed records, in order: start, end, fields (0: its quotes are broken). */
  int[] faults = new int[3 * FAULTS_INITIAL];

  int faultCount;

  FieldIndex(int fields, int rowsLimit) {
    this.stride = fields + 1;
    this.rowsMax = Math.clamp(ENTRIES_MAX / stride, 1, Math.min(ROWS_MAX, rowsLimit));
    this.ends = new int[rowsMax * stride];
  }

  void clear() {
    rows = 0;
    lines = 0;
    faultCount = 0;
  }

  /** Tells whether nothing more fits. */
  boolean full() {
    return rows >= rowsMax || faultCount >= FAULTS_MAX;
  }

  void fault(int start, int end, int fields) {
    if (faults.length < 3 * faultCount + 3) {
      faults = Arrays.copyOf(faults, 2 * faults.length);
    }
    faults[3 * faultCount] = start;
    faults[3 * faultCount + 1] = end;
    faults[3 * faultCount + 2] = fields;
    faultCount++;
  }

  /** Returns the first byte of a record. */
  int recordStart(int row) {
    return ends[row * stride] + 1;
  }

  /** Returns the byte behind a record's last field. */
  int recordEnd(int row) {
    return ends[row * stride + stride - 1] & POSITION;
  }

  /** Drops the marked records; the others keep their order. */
  void remove(boolean[] marked) {
    int kept = 0;
    for (int row = 0; row < rows; row++) {
      if (!marked[row]) {
        System.arraycopy(ends, row * stride, ends, kept * stride, stride);
        kept++;
      }
    }
    rows = kept;
  }
}
