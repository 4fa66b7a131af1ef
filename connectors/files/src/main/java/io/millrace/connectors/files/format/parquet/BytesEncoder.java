package io.millrace.connectors.files.format.parquet;

import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Stores texts and bytes, each behind its length, with a dictionary where that pays. */
final class BytesEncoder extends ValueEncoder {
  private static final int STATISTIC_BYTES_MAX = 128;
  private static final byte[] EMPTY_OBJECT = {'{', '}'};

  private final int pageBytesMax;
  private final int dictionaryBytesMax;
  private final BytesDictionary dictionary = new BytesDictionary();
  private final Indexes indexes = new Indexes();
  private final PageBytes plain = new PageBytes();
  private final DictionaryTrial trial;
  private final Scratch scratch;
  private final int[] ends;
  private byte[] piece;
  private byte @Nullable [] min;
  private byte @Nullable [] max;
  private boolean tooLong;

  BytesEncoder(int pageBytesMax, int dictionaryBytesMax, Scratch scratch) {
    this.scratch = scratch;
    this.ends = scratch.ends();
    this.piece = scratch.bytes(0);
    this.pageBytesMax = pageBytesMax;
    this.dictionaryBytesMax = dictionaryBytesMax;
    this.trial = new DictionaryTrial(dictionaryBytesMax > 0);
  }

  @Override
  int pieceEnd(FieldVector vector, int from, int to) {
    int end = Math.min(to, from + ColumnWriter.PIECE_VALUES);
    if (vector instanceof StructVector) {
      return end;
    }
    ArrowBuf offsets = vector.getOffsetBuffer();
    int start = offset(offsets, from);
    while (end - from > 1 && offset(offsets, end) - start > pageBytesMax) {
      end = from + (end - from) / 2;
    }
    return end;
  }

  private static int offset(ArrowBuf offsets, int index) {
    return offsets.getInt((long) index * Integer.BYTES);
  }

  @Override
  void add(FieldVector vector, int from, int to) {
    for (int at = from; at < to; at += ends.length) {
      int count = Math.min(ends.length, to - at);
      if (vector instanceof StructVector) {
        loadEmptyObjects(count);
      } else {
        load(vector, at, count);
      }
      if (trial.running()) {
        addIndexes(count);
      } else {
        addPlain(count);
      }
    }
  }

  private void load(FieldVector vector, int from, int count) {
    ArrowBuf offsets = vector.getOffsetBuffer();
    int start = offset(offsets, from);
    for (int i = 0; i < count; i++) {
      ends[i] = offset(offsets, from + i + 1) - start;
    }
    int length = ends[count - 1];
    piece = scratch.bytes(length);
    if (length > 0) {
      vector.getDataBuffer().getBytes(start, piece, 0, length);
    }
  }

  private void loadEmptyObjects(int count) {
    piece = scratch.bytes(count * EMPTY_OBJECT.length);
    for (int i = 0; i < count; i++) {
      System.arraycopy(EMPTY_OBJECT, 0, piece, i * EMPTY_OBJECT.length, EMPTY_OBJECT.length);
      ends[i] = (i + 1) * EMPTY_OBJECT.length;
    }
  }

  private void addIndexes(int count) {
    indexes.reserve(count);
    int start = 0;
    for (int i = 0; i < count; i++) {
      int known = dictionary.size();
      indexes.add(dictionary.index(piece, start, ends[i]));
      if (dictionary.size() > known) {
        measure(piece, start, ends[i]);
      }
      start = ends[i];
    }
    trial.saw(count);
    if (dictionaryBytes() > dictionaryBytesMax || trial.failed(dictionary.size())) {
      giveUp();
    }
  }

  /** Turns the page's indexes back into values. */
  private void giveUp() {
    trial.giveUp();
    for (int i = 0; i < indexes.size(); i++) {
      int index = indexes.get(i);
      putPlain(dictionary.bytes(), dictionary.start(index), dictionary.end(index));
    }
    indexes.clear();
  }

  private void addPlain(int count) {
    int start = 0;
    for (int i = 0; i < count; i++) {
      measure(piece, start, ends[i]);
      putPlain(piece, start, ends[i]);
      start = ends[i];
    }
  }

  private void putPlain(byte[] source, int from, int to) {
    plain.putInt(to - from);
    plain.put(source, from, to - from);
  }

  /** Texts compare by their bytes, without sign, which is the order of their characters. */
  private void measure(byte[] source, int from, int to) {
    if (tooLong) {
      return;
    }
    if (min == null || max == null) {
      tooLong = to - from > STATISTIC_BYTES_MAX;
      min = Arrays.copyOfRange(source, from, to);
      max = min;
    } else if (Arrays.compareUnsigned(source, from, to, min, 0, min.length) < 0) {
      tooLong = to - from > STATISTIC_BYTES_MAX;
      min = Arrays.copyOfRange(source, from, to);
    } else if (Arrays.compareUnsigned(source, from, to, max, 0, max.length) > 0) {
      tooLong = to - from > STATISTIC_BYTES_MAX;
      max = Arrays.copyOfRange(source, from, to);
    }
  }

  @Override
  int pageBytes() {
    return trial.running() ? indexes.packedBytes(dictionary.size()) : plain.size();
  }

  @Override
  int dictionaryBytes() {
    return dictionary.bytesHeld() + dictionary.size() * Integer.BYTES;
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
    for (int i = 0; i < dictionary.size(); i++) {
      int start = dictionary.start(i);
      int length = dictionary.end(i) - start;
      out.putInt(length);
      out.put(dictionary.bytes(), start, length);
    }
  }

  @Override
  byte @Nullable [] min() {
    return tooLong ? null : min;
  }

  @Override
  byte @Nullable [] max() {
    return tooLong ? null : max;
  }

  @Override
  void beginChunk() {
    min = null;
    max = null;
    tooLong = false;
    dictionary.clear();
    trial.beginChunk();
  }
}
