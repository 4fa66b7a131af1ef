package io.millrace.connectors.files.source.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text of any encoding as UTF-8. What is malformed becomes the byte {@link #MALFORMED}, which is
 * never part of UTF-8: whoever checks the text finds it, and nothing is replaced in silence.
 */
final class Utf8Input extends InputStream {
  /** Stands for bytes that are no text in their encoding. */
  static final byte MALFORMED = (byte) 0xFF;

  private static final int CHUNK_BYTES = 64 << 10;

  /** A character takes at most three bytes of UTF-8 per UTF-16 unit. */
  private static final int UTF8_BYTES_PER_CHAR_MAX = 3;

  private final InputStream input;
  private final CharsetDecoder decoder;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final ByteBuffer encoded = ByteBuffer.allocate(CHUNK_BYTES);
  private final CharBuffer chars = CharBuffer.allocate(CHUNK_BYTES);
  private final ByteBuffer utf8 = ByteBuffer.allocate(CHUNK_BYTES * UTF8_BYTES_PER_CHAR_MAX + 1);
  private boolean inputEnded;
  private boolean ended;

  Utf8Input(InputStream input, Charset charset) {
    this.input = input;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    encoded.flip();
    utf8.flip();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (!utf8.hasRemaining()) {
      if (ended) {
        return -1;
      }
      more();
    }
    int count = Math.min(length, utf8.remaining());
    utf8.get(buffer, offset, count);
    return count;
  }

  private void more() throws IOException {
    if (!inputEnded) {
      fill();
    }
    CoderResult decoded = decoder.decode(encoded, chars, inputEnded);
    boolean malformed = decoded.isError();
    if (malformed) {
      encoded.position(encoded.position() + decoded.length());
    }
    boolean last = decoded.isUnderflow() && inputEnded;
    utf8.clear();
    chars.flip();
    encoder.encode(chars, utf8, last || malformed);
    chars.compact();
    if (malformed) {
      encoder.reset();
      utf8.put(MALFORMED);
    }
    utf8.flip();
    ended = last;
  }

  private void fill() throws IOException {
    encoded.compact();
    int read = input.read(encoded.array(), encoded.position(), encoded.remaining());
    if (read < 0) {
      inputEnded = true;
    } else {
      encoded.position(encoded.position() + read);
    }
    encoded.flip();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
