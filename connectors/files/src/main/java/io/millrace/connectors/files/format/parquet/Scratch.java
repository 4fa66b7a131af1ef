package io.millrace.connectors.files.format.parquet;

/** Arrays that the encoders of one file use in turn. For one thread. */
final class Scratch {
  private static final int BYTES_MIN = 1 << 14;

  private final long[] numbers = new long[ColumnWriter.PIECE_VALUES];
  private final int[] ends = new int[ColumnWriter.PIECE_VALUES];
  private byte[] bytes = new byte[BYTES_MIN];

  long[] numbers() {
    return numbers;
  }

  int[] ends() {
    return ends;
  }

  /** Returns an array of at least this length; it replaces the one of the last call. */
  byte[] bytes(int length) {
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, bytes.length * 2)];
    }
    return bytes;
  }
}
