package io.millrace.connectors.files.source.fetch;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How the bytes of a file are packed, as its first bytes tell. */
enum Compression {
  PLAIN,
  GZIP,
  ZIP,
  BZIP2,
  ZSTD;

  /** How many first bytes {@link #of} wants to see. */
  static final int HEAD_BYTES = 16;

  private static final int GZIP_BUFFER_BYTES = 64 << 10;

  /** The largest window of zstd, which bounds its memory: 128 MiB. */
  private static final int ZSTD_WINDOW_LOG_MAX = 27;

  private static final int GZIP_MAGIC = 0x8B1F;
  private static final int ZIP_MAGIC = 0x04034B50;
  private static final int ZIP_EMPTY_MAGIC = 0x06054B50;
  private static final int ZSTD_MAGIC = 0xFD2FB528;
  private static final int ZSTD_SKIPPABLE_MAGIC = 0x184D2A50;
  private static final long BZIP2_BLOCK_MAGIC = 0x314159265359L;
  private static final long BZIP2_END_MAGIC = 0x177245385090L;

  static Compression of(byte[] head, int length) {
    if (length >= 4) {
      int magic = (int) little(head, 4);
      if (magic == ZIP_MAGIC || magic == ZIP_EMPTY_MAGIC) {
        return ZIP;
      }
      if (magic == ZSTD_MAGIC || (magic & 0xFFFFFFF0) == ZSTD_SKIPPABLE_MAGIC) {
        return ZSTD;
      }
    }
    if (length >= 3 && little(head, 2) == GZIP_MAGIC && head[2] == 8) {
      return GZIP;
    }
    return isBzip2(head, length) ? BZIP2 : PLAIN;
  }

  /** Returns the unpacked bytes of a stream; {@link #ZIP} needs a file instead. */
  InputStream unpack(InputStream packed) throws IOException {
    return switch (this) {
      case PLAIN -> packed;
      // Not the JDK's, which takes an empty network buffer for the end of a file in several parts.
      case GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(packed)
              .setDecompressConcatenated(true)
              .setBufferSize(GZIP_BUFFER_BYTES)
              .get();
      case BZIP2 -> new BZip2CompressorInputStream(packed, true);
      case ZSTD -> {
        ZstdInputStream unpacked = new ZstdInputStream(packed);
        unpacked.setLongMax(ZSTD_WINDOW_LOG_MAX);
        yield unpacked;
      }
      case ZIP -> throw new IllegalStateException("A zip is read from a file.");
    };
  }

  /** Text may begin with "BZh" too, so the block behind it is looked at. */
  private static boolean isBzip2(byte[] head, int length) {
    if (length < 10 || head[0] != 'B' || head[1] != 'Z' || head[2] != 'h') {
      return false;
    }
    long block = 0;
    for (int i = 4; i < 10; i++) {
      block = block << 8 | (head[i] & 0xFF);
    }
    return block == BZIP2_BLOCK_MAGIC || block == BZIP2_END_MAGIC;
  }

  private static long little(byte[] head, int bytes) {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | (head[i] & 0xFF);
    }
    return value;
  }
}
