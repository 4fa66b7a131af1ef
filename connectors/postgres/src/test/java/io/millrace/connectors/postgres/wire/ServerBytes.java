package io.millrace.connectors.postgres.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes what a server sends, by the manual, and hands it out in pieces. */
final class ServerBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ServerBytes message(char type, byte[] content) {
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(type);
      out.writeInt(Integer.BYTES + content.length);
      out.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return this;
  }

  ServerBytes message(char type, String content) {
    return message(type, content.getBytes(StandardCharsets.UTF_8));
  }

  ServerBytes rows(List<String> rows) {
    rows.forEach(row -> message('d', row));
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Returns an input that gives the bytes in pieces of at most a size, the first to a cut. */
  static InputStream pieces(byte[] bytes, int cut, int most) {
    return new InputStream() {
      private int at;

      @Override
      public int read() {
        return at == bytes.length ? -1 : bytes[at++] & 0xff;
      }

      @Override
      public int read(byte[] into, int from, int room) {
        if (at == bytes.length) {
          return -1;
        }
        int end = at < cut ? cut : bytes.length;
        int count = Math.min(Math.min(room, most), end - at);
        System.arraycopy(bytes, at, into, from, count);
        at += count;
        return count;
      }

      @Override
      public int available() {
        return bytes.length - at;
      }
    };
  }
}
