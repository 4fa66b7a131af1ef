package io.millrace.connectors.files.format.parquet;

import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/** Finds the least and the greatest value of a chunk. For one thread. */
interface Range {
  /** Takes up values, none of them null. */
  void add(ArrowBuf data, int from, int to);

  /** Returns the bytes of the least value, as a page has them, or null where none is known. */
  byte @Nullable [] min();

  /** Returns the bytes of the greatest value, or null where none is known. */
  byte @Nullable [] max();

  /** Forgets all values. */
  void clear();

  /** Knows nothing, for types whose order differs between readers. */
  final class None implements Range {
    @Override
    public void add(ArrowBuf data, int from, int to) {}

    @Override
    public byte @Nullable [] min() {
      return null;
    }

    @Override
    public byte @Nullable [] max() {
      return null;
    }

    @Override
    public void clear() {}
  }
}
