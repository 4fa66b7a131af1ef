package io.millrace.connectors.files.format.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;

/** Compresses pages into a buffer of its own. For one thread. */
final class PageCompressor {
  private static final int ZSTD_LEVEL = 3;

  private final Compression codec;
  private byte[] room = new byte[0];
  private int length;

  PageCompressor(Compression codec) {
    this.codec = codec;
  }

  /** Compresses the first bytes of a page; the result is in {@link #bytes} until the next call. */
  void compress(byte[] page, int size) throws IOException {
    switch (codec) {
      case UNCOMPRESSED -> {
        room = page;
        length = size;
      }
      case SNAPPY -> {
        reserve(Snappy.maxCompressedLength(size));
        length = Snappy.rawCompress(page, 0, size, room, 0);
      }
      case ZSTD -> {
        reserve(Math.toIntExact(Zstd.compressBound(size)));
        length =
            Math.toIntExact(
                Zstd.compressByteArray(room, 0, room.length, page, 0, size, ZSTD_LEVEL));
      }
      case GZIP -> gzip(page, size);
    }
  }

  private void gzip(byte[] page, int size) throws IOException {
    Sink sink = new Sink(room);
    try (GZIPOutputStream gzip = new GZIPOutputStream(sink)) {
      gzip.write(page, 0, size);
    }
    room = sink.bytes();
    length = sink.size();
  }

  private void reserve(int size) {
    if (room.length < size) {
      room = new byte[size];
    }
  }

  byte[] bytes() {
    return room;
  }

  int length() {
    return length;
  }

  /** Collects bytes in an array that is used again. */
  private static final class Sink extends ByteArrayOutputStream {
    Sink(byte[] room) {
      buf = room;
    }

    byte[] bytes() {
      return buf;
    }
  }
}
