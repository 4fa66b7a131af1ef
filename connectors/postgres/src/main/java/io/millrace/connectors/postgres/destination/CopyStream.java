package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.connectors.postgres.destination.copy.CopyBuffer;
import io.millrace.connectors.postgres.destination.copy.RowEncoder;
import java.sql.SQLException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * One COPY after the other on a session, each from {@link #put} to {@link #end}. For one thread.
 */
final class CopyStream {
  private final PgSession session;
  private final String sql;
  private final RowEncoder encoder;
  private final CopyBuffer buffer;
  private @Nullable CopyIn copy;

  CopyStream(PgSession session, String sql, RowEncoder encoder) {
    this.session = session;
    this.sql = sql;
    this.encoder = encoder;
    this.buffer = new CopyBuffer(this::send);
  }

  /** Sends rows of the batch that the encoder is bound to; begins a COPY when none runs. */
  void put(int from, int to, BitSet left) throws SQLException {
    if (copy == null) {
      session.busy(true);
      copy = session.driver().getCopyAPI().copyIn(sql);
      buffer.clear();
      encoder.putHeader(buffer);
    }
    encoder.put(from, to, left, buffer);
  }

  /** Ends the COPY; returns how many rows the server counted, 0 when none runs. */
  long end() throws SQLException {
    CopyIn running = copy;
    if (running == null) {
      return 0;
    }
    encoder.putTrailer(buffer);
    buffer.flush();
    long rows = running.endCopy();
    forget();
    return rows;
  }

  /** Tells whether a COPY runs. */
  boolean running() {
    return copy != null;
  }

  /** Drops the COPY that runs; the transaction is then failed. */
  void cancel() throws SQLException {
    CopyIn running = copy;
    forget();
    if (running != null && running.isActive()) {
      running.cancelCopy();
    }
  }

  private void forget() {
    copy = null;
    session.busy(false);
  }

  private void send(byte[] bytes, int from, int length) throws SQLException {
    CopyIn running = copy;
    if (running == null) {
      throw new IllegalStateException("No COPY runs.");
    }
    running.writeToCopy(bytes, from, length);
  }
}
