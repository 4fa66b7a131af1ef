package io.millrace.connectors.files.format.parquet;

import io.millrace.spi.type.LogicalType;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Stores whole numbers, and what the format stores as such (decimals of up to 18 digits, dates,
 * times). Begins each chunk with a dictionary and goes on without one when it does not pay.
 */
final class IntegralEncoder extends ValueEncoder {
  private static final int DECIMAL_BYTES = 16;

  private final boolean wide;
  private final int dataWidth;
  private final int dictionaryBytesMax;
  private final LongDictionary dictionary = new LongDictionary();
  private final Indexes indexes = new Indexes();
  private final PageBytes plain = new PageBytes();
  private final long[] piece;
  private final DictionaryTrial trial;
  private long min;
  private long max;
  private boolean any;

  IntegralEncoder(
      PhysicalType.Kind kind, LogicalType type, int dictionaryBytesMax, Scratch scratch) {
    this.piece = scratch.numbers();
    this.wide = kind == PhysicalType.Kind.INT64;
    this.dictionaryBytesMax = dictionaryBytesMax;
    this.trial = new DictionaryTrial(dictionaryBytesMax > 0);
    this.dataWidth =
        switch (type) {
          case LogicalType.Decimal ignored -> DECIMAL_BYTES;
          case LogicalType.Int(int bits) -> bits / Byte.SIZE;
          case LogicalType.Date() -> Integer.BYTES;
          default -> Long.BYTES;
        };
  }

  @Override
  int pieceEnd(FieldVector vector, int from, int to) {
    return Math.min(to, from + ColumnWriter.PIECE_VALUES);
  }

  @Override
  void add(FieldVector vector, int from, int to) {
    for (int at = from; at < to; at += piece.length) {
      int count = Math.min(piece.length, to - at);
      load(vector.getDataBuffer(), at, count);
      measure(count);
      if (trial.running()) {
        addIndexes(count);
      } else {
        addPlain(count);
      }
    }
  }

  /** Fills the piece; each width has a loop of its own, which the compiler makes fast. */
  private void load(ArrowBuf data, int from, int count) {
    switch (dataWidth) {
      case DECIMAL_BYTES -> {
        for (int i = 0; i < count; i++) {
          piece[i] = data.getLong((long) (from + i) * DECIMAL_BYTES);
        }
      }
      case Long.BYTES -> {
        for (int i = 0; i < count; i++) {
          piece[i] = data.getLong((long) (from + i) * Long.BYTES);
        }
      }
      case Integer.BYTES -> {
        for (int i = 0; i < count; i++) {
          piece[i] = data.getInt((long) (from + i) * Integer.BYTES);
        }
      }
      case Short.BYTES -> {
        for (int i = 0; i < count; i++) {
          piece[i] = data.getShort((long) (from + i) * Short.BYTES);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          piece[i] = data.getByte(from + i);
        }
      }
    }
  }

  private void measure(int count) {
    long least = any ? min : Long.MAX_VALUE;
    long greatest = any ? max : Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, piece[i]);
      greatest = Math.max(greatest, piece[i]);
    }
    min = least;
    max = greatest;
    any = true;
  }

  private void addIndexes(int count) {
    indexes.reserve(count);
    for (int i = 0; i < count; i++) {
      indexes.add(dictionary.index(piece[i]));
    }
    trial.saw(count);
    if (dictionaryBytes() > dictionaryBytesMax || trial.failed(dictionary.size())) {
      giveUp();
    }
  }

  private int width() {
    return wide ? Long.BYTES : Integer.BYTES;
  }

  /** Turns the page's indexes back into values. */
  private void giveUp() {
    trial.giveUp();
    int at = 0;
    while (at < indexes.size()) {
      int count = Math.min(piece.length, indexes.size() - at);
      for (int i = 0; i < count; i++) {
        piece[i] = dictionary.value(indexes.get(at + i));
      }
      addPlain(count);
      at += count;
    }
    indexes.clear();
  }

  private void addPlain(int count) {
    if (wide) {
      plain.putLongs(piece, count);
    } else {
      plain.putInts(piece, count);
    }
  }

  @Override
  int pageBytes() {
    return trial.running() ? indexes.packedBytes(dictionary.size()) : plain.size();
  }

  @Override
  int dictionaryBytes() {
    return dictionary.size() * width();
  }

  @Override
  int encoding() {
    return indexes.size() > 0 ? RLE_DICTIONARY : PLAIN;
  }

  @Override
  void endPage(PageBytes out) {
    if (indexes.size() > 0) {
      indexes.putTo(out, dictionary.size());
      indexes.clear();
      trial.pageEnded();
    } else {
      out.put(plain.array(), 0, plain.size());
      plain.clear();
    }
  }

  @Override
  int dictionarySize() {
    return trial.used() ? dictionary.size() : 0;
  }

  @Override
  void putDictionary(PageBytes out) {
    if (wide) {
      out.putLongs(dictionary.values(), dictionary.size());
    } else {
      out.putInts(dictionary.values(), dictionary.size());
    }
  }

  @Override
  byte @Nullable [] min() {
    return any ? bytes(min) : null;
  }

  @Override
  byte @Nullable [] max() {
    return any ? bytes(max) : null;
  }

  private byte[] bytes(long value) {
    byte[] bytes = new byte[width()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >>> (i * Byte.SIZE));
    }
    return bytes;
  }

  @Override
  void beginChunk() {
    any = false;
    dictionary.clear();
    trial.beginChunk();
  }
}
