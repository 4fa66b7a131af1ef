package io.millrace.connectors.postgres.destination.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.SQLException;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Collects the bytes of a COPY and hands them on in large pieces. A value larger than the buffer
 * passes through it in several, so the buffer never grows.
 *
 * <p>The single-value methods do not look for room: {@link #ensure} comes first.
 */
public final class CopyBuffer {
  /** The size of the buffer, and of most pieces that go to the server. */
  static final int BUFFER_BYTES = 256 << 10;

  private static final VarHandle SHORTS = bigEndian(short[].class);
  private static final VarHandle INTS = bigEndian(int[].class);
  private static final VarHandle LONGS = bigEndian(long[].class);

  /** Takes the bytes. */
  @FunctionalInterface
  public interface Drain {
    /** Sends a piece; the array may be reused when the call returns. */
    void send(byte[] bytes, int from, int length) throws SQLException;
  }

  private final byte[] bytes = new byte[BUFFER_BYTES];
  private final Drain drain;
  private int position;

  /** Makes an empty buffer. */
  public CopyBuffer(Drain drain) {
    this.drain = drain;
  }

  /** Makes room for so many bytes, at most {@link #BUFFER_BYTES}. */
  void ensure(int length) throws SQLException {
    if (bytes.length - position < length) {
      flush();
    }
  }

  /** Hands on what has been collected. */
  public void flush() throws SQLException {
    if (position > 0) {
      int length = position;
      position = 0;
      drain.send(bytes, 0, length);
    }
  }

  /** Forgets what has been collected. */
  public void clear() {
    position = 0;
  }

  void putByte(int value) {
    bytes[position++] = (byte) value;
  }

  void putShort(int value) {
    SHORTS.set(bytes, position, (short) value);
    position += Short.BYTES;
  }

  void putInt(int value) {
    INTS.set(bytes, position, value);
    position += Integer.BYTES;
  }

  void putLong(long value) {
    LONGS.set(bytes, position, value);
    position += Long.BYTES;
  }

  /** Copies bytes of any number; makes room itself. */
  void putArray(byte[] from, int start, int length) throws SQLException {
    int done = 0;
    while (done < length) {
      int piece = piece(length - done);
      System.arraycopy(from, start + done, bytes, position, piece);
      position += piece;
      done += piece;
    }
  }

  /** Copies off-heap bytes of any number; makes room itself. */
  void putMemory(long address, int length) throws SQLException {
    int done = 0;
    while (done < length) {
      int piece = piece(length - done);
      MemoryUtil.copyFromMemory(address + done, bytes, position, piece);
      position += piece;
      done += piece;
    }
  }

  private int piece(int wanted) throws SQLException {
    if (bytes.length == position || (wanted <= bytes.length && wanted > bytes.length - position)) {
      flush();
    }
    return Math.min(wanted, bytes.length - position);
  }

  private static VarHandle bigEndian(Class<?> view) {
    return MethodHandles.byteArrayViewVarHandle(view, ByteOrder.BIG_ENDIAN)
        .withInvokeExactBehavior();
  }
}
