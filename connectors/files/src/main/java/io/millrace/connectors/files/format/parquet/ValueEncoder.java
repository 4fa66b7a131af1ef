package io.millrace.connectors.files.format.parquet;

import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the values of one leaf, without its nulls: a page at a time, within a chunk that may have
 * a dictionary. For one thread.
 */
abstract class ValueEncoder {
  /** Values stored one after the other. */
  static final int PLAIN = 0;

  /** Indexes into the chunk's dictionary. */
  static final int RLE_DICTIONARY = 8;

  /** Returns the encoder of a leaf. */
  static ValueEncoder of(Node leaf, ParquetOptions options, Scratch scratch) {
    PhysicalType type = PhysicalType.of(leaf.type());
    return switch (type.kind()) {
      case BOOLEAN -> new BooleanEncoder();
      case INT32, INT64 ->
          new IntegralEncoder(type.kind(), leaf.type(), options.dictionaryBytes(), scratch);
      case FLOAT, DOUBLE, FIXED_LEN_BYTE_ARRAY -> new FixedEncoder(type, leaf.type());
      case BYTE_ARRAY -> new BytesEncoder(options.pageBytes(), options.dictionaryBytes(), scratch);
    };
  }

  /** Returns how far to go from {@code from}, at least one and at most to {@code to}, at a time. */
  abstract int pieceEnd(FieldVector vector, int from, int to);

  /** Adds values, none of them null, to the page. */
  abstract void add(FieldVector vector, int from, int to);

  /** Returns the bytes that the page's values take, roughly. */
  abstract int pageBytes();

  /** Returns the bytes that the chunk's dictionary takes, roughly. */
  abstract int dictionaryBytes();

  /** Returns how the page's values are encoded. */
  abstract int encoding();

  /** Adds the page's values to {@code out} and forgets them. */
  abstract void endPage(PageBytes out);

  /** Returns the number of values of the chunk's dictionary; 0: it has none. */
  abstract int dictionarySize();

  /** Adds the dictionary's values to {@code out}. */
  abstract void putDictionary(PageBytes out);

  /** Returns the bytes of the chunk's least value, or null where none is known. */
  abstract byte @Nullable [] min();

  /** Returns the bytes of the chunk's greatest value, or null where none is known. */
  abstract byte @Nullable [] max();

  /** Begins the next chunk. */
  abstract void beginChunk();
}
