package io.millrace.connectors.postgres.decode;

/** Is told the last column of each row, which belongs to no vector. */
@FunctionalInterface
public interface RowListener {
  /** Takes the value that begins at the index; it is valid during the call only. */
  void row(byte[] bytes, int at);
}
