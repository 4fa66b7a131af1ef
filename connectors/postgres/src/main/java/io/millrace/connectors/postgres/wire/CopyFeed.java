package io.millrace.connectors.postgres.wire;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * The data of one {@code COPY ... TO STDOUT}, message by message, without an array for each.
 *
 * <p>The messages are read from the connection in large pieces, past the driver. Anything else than
 * data, such as the end or an error, is given back to the driver, which reads on from there as it
 * always would. Where the driver's connection is encrypted, it reads everything.
 *
 * <p>Order of calls: {@link #next} until it is false, then {@link #receive}, and so on until that
 * is false. For one thread.
 */
public final class CopyFeed {
  /** How much is read at once: what the system has ready when both sides are busy. */
  static final int BLOCK_BYTES = 128 << 10;

  /** A COPY that has brought so many bytes goes on for a while. */
  private static final int LONG_COPY_BYTES = 256 << 10;

  /** What is worth waking up for: the server sends 8 KiB at a time. */
  private static final int WORTHWHILE_BYTES = BLOCK_BYTES / 2;

  /** How long a long COPY may gather bytes; the system's buffers hold far more than it brings. */
  private static final long GATHERING_NANOS = 1_000_000;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int COPY_OUT_RESPONSE = 'H';
  private static final int COPY_DATA = 'd';
  private static final String CONNECTION_FAILURE = "08006";

  private final CopyOut copy;
  private @Nullable WireInput wire;
  private byte[] block;
  private int from;
  private int to;
  private int behind;
  private int limit;
  private int wanted = BLOCK_BYTES;
  private boolean handedOut;
  private long received;
  private int receivedLast;

  CopyFeed(CopyOut copy, @Nullable WireInput wire) {
    this.copy = copy;
    this.wire = wire;
    this.block = wire == null ? new byte[0] : new byte[BLOCK_BYTES];
  }

  /**
   * Begins a COPY.
   *
   * @param socket the one that the driver's connection uses
   */
  public static CopyFeed begin(CopyManager driver, WireSocket socket, String sql)
      throws SQLException {
    WireInput wire = socket.input();
    wire.exact(true);
    try {
      CopyOut copy = driver.copyOut(sql);
      return new CopyFeed(copy, wire.endsWith(COPY_OUT_RESPONSE) ? wire : null);
    } finally {
      wire.exact(false);
    }
  }

  /** Moves to the next message; false when more has to be received first. */
  public boolean next() {
    if (wire == null) {
      boolean more = handedOut;
      handedOut = false;
      return more;
    }
    int left = limit - behind;
    if (left < ServerFrames.HEADER_BYTES || block[behind] != COPY_DATA) {
      return false;
    }
    int length = 1 + (int) INT.get(block, behind + 1);
    if (length > left || length < ServerFrames.HEADER_BYTES) {
      return false;
    }
    from = behind + ServerFrames.HEADER_BYTES;
    behind += length;
    to = behind;
    return true;
  }

  /** Returns the array that holds the message, from {@link #from} to {@link #to}. */
  public byte[] bytes() {
    return block;
  }

  /** Returns where the message begins. */
  public int from() {
    return from;
  }

  /** Returns the index behind the message. */
  public int to() {
    return to;
  }

  /**
   * Waits for more bytes; those of earlier messages are gone then.
   *
   * @return false when the COPY has ended
   * @throws SQLException also for an error that the server sent in place of data
   */
  public boolean receive() throws SQLException {
    @Nullable WireInput input = wire;
    if (input != null && onlyData(input)) {
      fill(input);
      return true;
    }
    byte @Nullable [] message = copy.readFromCopy();
    if (message == null) {
      return false;
    }
    block = message;
    from = 0;
    to = message.length;
    handedOut = true;
    return true;
  }

  /** Gives everything to the driver when the next message is none of data. */
  private boolean onlyData(WireInput input) {
    int left = limit - behind;
    boolean data = left == 0 || block[behind] == COPY_DATA;
    if (data && left >= ServerFrames.HEADER_BYTES) {
      int length = 1 + (int) INT.get(block, behind + 1);
      data = length >= ServerFrames.HEADER_BYTES;
      wanted = Math.max(BLOCK_BYTES, length);
    }
    if (!data) {
      input.giveBack(block, behind, limit);
      wire = null;
    }
    return data;
  }

  private void fill(WireInput input) throws SQLException {
    int left = limit - behind;
    byte[] room = block.length == wanted ? block : new byte[wanted];
    System.arraycopy(block, behind, room, 0, left);
    block = room;
    behind = 0;
    limit = left;
    wanted = BLOCK_BYTES;
    try {
      gather();
      int count = input.readPast(block, limit, block.length - limit);
      receivedLast = count;
      received += count;
      if (count < 0) {
        throw new EOFException("the server closed the connection");
      }
      limit += count;
    } catch (IOException failure) {
      throw new SQLException(
          "The connection failed while a COPY was read.", CONNECTION_FAILURE, failure);
    }
  }

  /**
   * Waits a moment before the connection is asked again. Without it this thread and the server wake
   * each other for every piece, which costs both more than the piece itself.
   */
  private void gather() {
    if (received >= LONG_COPY_BYTES && receivedLast < WORTHWHILE_BYTES) {
      LockSupport.parkNanos(this, GATHERING_NANOS);
    }
  }
}
