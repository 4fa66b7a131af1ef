package io.millrace.connectors.postgres.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a server sends, as the driver reads it, with two abilities beside: to stop the driver behind
 * a message, so that what follows can be read past it ({@link #readPast}), and to give back what
 * was read too far. For one thread.
 */
final class WireInput extends InputStream {
  private static final int BYTE_MASK = 0xff;

  private final InputStream plain;
  private final ServerFrames frames = new ServerFrames();
  private boolean exact;
  private byte @Nullable [] back;
  private int backFrom;
  private int backTo;

  WireInput(InputStream plain) {
    this.plain = plain;
  }

  /**
   * Sets whether a read stops at the end of a message, so that the driver never holds bytes of a
   * message that it has not asked for. Such reads are small.
   */
  void exact(boolean wanted) {
    exact = wanted;
  }

  /** Tells whether the last byte that was read was the end of a message of this type. */
  boolean endsWith(int type) {
    return frames.endsWith(type);
  }

  /**
   * Reads bytes that the driver does not get to see: whole messages, all in all.
   *
   * @return their number, -1 when the server has ended the connection
   */
  int readPast(byte[] into, int at, int room) throws IOException {
    int given = giveBackTo(into, at, room);
    return given > 0 ? given : plain.read(into, at, room);
  }

  /** Gives back what was read too far, from the beginning of a message on. */
  void giveBack(byte[] bytes, int from, int to) {
    int count = to - from;
    int rest = backTo - backFrom;
    byte[] all = Arrays.copyOfRange(bytes, from, to + rest);
    if (back != null) {
      System.arraycopy(back, backFrom, all, count, rest);
    }
    back = all;
    backFrom = 0;
    backTo = all.length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & BYTE_MASK;
  }

  @Override
  public int read(byte[] into, int at, int room) throws IOException {
    int wanted = exact && frames.known() ? Math.min(room, frames.certain()) : room;
    int count = giveBackTo(into, at, wanted);
    if (count == 0) {
      count = plain.read(into, at, wanted);
    }
    if (count > 0) {
      frames.pass(into, at, count);
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return backTo - backFrom + plain.available();
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }

  private int giveBackTo(byte[] into, int at, int room) {
    byte[] left = back;
    if (left == null) {
      return 0;
    }
    int count = Math.min(room, backTo - backFrom);
    System.arraycopy(left, backFrom, into, at, count);
    backFrom += count;
    if (backFrom == backTo) {
      back = null;
      backFrom = 0;
      backTo = 0;
    }
    return count;
  }
}
