package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.connectors.postgres.decode.CopyCollector;
import io.millrace.connectors.postgres.wire.CopyFeed;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.SystemException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Receives the messages of a COPY and makes batches of them on a thread of its own, one batch ahead
 * of who takes them.
 *
 * <p>That thread is a platform thread: the server sends 8 KiB at a time, and a virtual thread that
 * waits for each piece takes twice the CPU time.
 */
final class CopyPump implements Runnable {
  private final ReadTransaction transaction;
  private final PgSession session;
  private final CopyCollector rows;
  private final CopyFeed copy;
  private final String what;
  private final Handover<Item> items;

  /** What is handed over. */
  sealed interface Item {
    /** The next rows. */
    record Rows(RecordBatch batch) implements Item {}

    /** All is read, and the transaction has ended. */
    record End(long rows) implements Item {}

    /** The read failed. */
    record Failed(RuntimeException failure) implements Item {}
  }

  CopyPump(
      ReadTransaction transaction,
      CopyCollector rows,
      CopyFeed copy,
      String what,
      Handover<Item> items) {
    this.transaction = transaction;
    this.session = transaction.session();
    this.rows = rows;
    this.copy = copy;
    this.what = what;
    this.items = items;
  }

  @Override
  public void run() {
    try (rows) {
      handOver(pump());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Item pump() throws InterruptedException {
    try {
      for (RecordBatch batch = batch(); batch != null; batch = batch()) {
        if (!handOver(new Item.Rows(batch))) {
          break;
        }
      }
      session.busy(false);
      transaction.end();
      return new Item.End(rows.rowsSeen());
    } catch (SQLException failure) {
      return new Item.Failed(session.failure(what, failure));
    } catch (ConnectorException failure) {
      return new Item.Failed(failure);
    } catch (RuntimeException fault) {
      return new Item.Failed(fault);
    } catch (OutOfMemoryError full) {
      return new Item.Failed(new IllegalStateException("The heap is full.", full));
    }
  }

  private boolean handOver(Item item) throws InterruptedException {
    boolean taken = false;
    try {
      taken = items.put(item);
      return taken;
    } finally {
      if (!taken && item instanceof Item.Rows(RecordBatch batch)) {
        batch.close();
      }
    }
  }

  private @Nullable RecordBatch batch() throws SQLException {
    while (!rows.full() && !rows.ended()) {
      if (copy.next()) {
        rows.add(copy.bytes(), copy.from(), copy.to());
      } else {
        rows.settle();
        if (!copy.receive()) {
          throw cut();
        }
      }
    }
    if (!rows.isEmpty()) {
      return rows.take();
    }
    if (more()) {
      throw cut();
    }
    return null;
  }

  /** Tells whether a message follows the trailer; waits for the end of the COPY otherwise. */
  private boolean more() throws SQLException {
    boolean more = copy.next();
    while (!more && copy.receive()) {
      more = copy.next();
    }
    return more;
  }

  private SystemException cut() {
    return new SystemException(
        "copy_cut",
        "Could not "
            + what
            + " to its end: the server ended the COPY in a way PostgreSQL does not. If it is behind"
            + " a proxy, connect to it directly; otherwise please report this.");
  }
}
