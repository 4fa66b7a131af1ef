package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgErrors;
import io.millrace.connectors.postgres.destination.copy.RowEncoder;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import io.millrace.spi.WriteReceipt;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads one partition on one session: COPY, then the commit record, then COMMIT. The session is
 * borrowed at the first row or commit and kept to the end.
 */
final class PostgresWriter implements BatchWriter {
  private final PostgresLoader loader;
  private final String partitionId;
  private final int ordinal;
  private final int kept;
  private final Object turn = new Object();
  private @Nullable Lease lease;
  private @Nullable RowSender sender;
  private Ledger.Progress durable = new Ledger.Progress(0, 0);
  private long taken;
  private long seen;
  private boolean working;
  private boolean closed;

  /**
   * @param kept how many of the first columns come as encoded rows; 0 for none
   */
  PostgresWriter(PostgresLoader loader, String partitionId, int ordinal, int kept) {
    this.loader = loader;
    this.partitionId = partitionId;
    this.ordinal = ordinal;
    this.kept = kept;
  }

  @Override
  public WriteReceipt write(RecordBatch batch) throws InterruptedException {
    if (batch.rowCount() == 0) {
      return new WriteReceipt(0, List.of());
    }
    begin();
    try {
      RowSender rows = sender();
      WriteReceipt receipt = send(rows, batch);
      seen += batch.rowCount();
      taken += receipt.rowsTaken();
      return receipt;
    } finally {
      end();
    }
  }

  @Override
  public long commit(Commit commit) throws InterruptedException {
    begin();
    try (Pulse _ = loader.pool().pulse(session())) {
      long rows = commitRows(session(), commit);
      durable = new Ledger.Progress(durable.rows() + rows, durable.seen() + seen);
      taken = 0;
      seen = 0;
      return rows;
    } finally {
      end();
    }
  }

  @Override
  public void close() {
    synchronized (turn) {
      if (closed) {
        return;
      }
      closed = true;
      if (working) {
        if (lease != null) {
          lease.abort();
        }
        return;
      }
    }
    release();
  }

  private WriteReceipt send(RowSender rows, RecordBatch batch) throws InterruptedException {
    try {
      return rows.send(batch, durable.seen() + seen);
    } catch (SQLException failure) {
      throw refused(session(), "write to " + loader.display(), failure);
    }
  }

  /** A row at fault is found on the next attempt, which looks at each row. */
  private ConnectorException refused(Lease session, String what, SQLException failure)
      throws InterruptedException {
    if (!RowErrors.isRowError(failure) || loader.rowByRow()) {
      return session.session().failure(what, failure);
    }
    loader.refuseRowByRow();
    return new TransientException(
        "row_refused",
        "A row of %s was refused (%s) The rows since the last commit are loaded again, and the refused"
                .formatted(loader.display(), RowErrors.reason(failure))
            + " one goes to quarantine.",
        String.valueOf(failure.getMessage()),
        failure);
  }

  private long commitRows(Lease session, Commit commit) throws InterruptedException {
    session.unsettled();
    Connection jdbc = session.jdbc();
    String what = "commit rows of " + loader.display();
    long rows;
    try {
      rows = sender == null ? 0 : sender.finish();
      requireCounted(rows);
      record(jdbc, commit, rows);
    } catch (SQLException failure) {
      throw refused(session, what, failure);
    }
    finishCommit(session, what);
    return rows;
  }

  private void finishCommit(Lease session, String what) throws InterruptedException {
    try {
      session.session().busy(true);
      session.jdbc().commit();
      session.settled();
    } catch (SQLException failure) {
      if (PgErrors.isConnectionLost(failure) && !Thread.currentThread().isInterrupted()) {
        session.abort();
        throw unknown(what, failure);
      }
      throw session.session().failure(what, failure);
    } finally {
      session.session().busy(false);
    }
  }

  private static OutcomeUnknownException unknown(String what, SQLException failure) {
    return new OutcomeUnknownException(
        "commit_unknown",
        "The connection broke while trying to "
            + what
            + ", so it is not known whether the rows"
            + " were stored. It is looked up before anything else.",
        String.valueOf(failure.getMessage()),
        failure);
  }

  private void requireCounted(long rows) {
    if (rows != taken) {
      throw new SystemException(
          "rows_miscounted",
          "PostgreSQL counted %d rows where %d were sent to %s, so nothing was stored. A trigger or rule"
                  .formatted(rows, taken, loader.display())
              + " of the table may drop rows; otherwise, please report this.");
    }
  }

  private void record(Connection jdbc, Commit commit, long rows) throws SQLException {
    Ledger.Progress progress = new Ledger.Progress(durable.rows() + rows, durable.seen() + seen);
    if (loader.ledger().recordCommit(jdbc, loader.holder(), commit, progress, loader.unlogged())) {
      return;
    }
    boolean held = loader.ledger().holds(jdbc, loader.holder());
    jdbc.rollback();
    if (held) {
      throw new OutcomeUnknownException(
          "commit_out_of_order",
          "The commit %d of partition %s does not follow the last one that %s knows. It is looked up"
                  .formatted(commit.sequence(), partitionId, loader.display())
              + " before anything else.");
    }
    throw superseded(loader.display());
  }

  /** Returns what to throw when another loader has taken over the stream. */
  static ConfigException superseded(String display) {
    return new ConfigException(
        "superseded",
        "Another run of this connection has begun to load "
            + display
            + ", so this one stops. Let only one run at a time.");
  }

  private RowSender sender() throws InterruptedException {
    RowSender rows = sender;
    if (rows == null) {
      Lease session = session();
      String table = loader.writable(session);
      RowEncoder encoder = loader.encoder(ordinal, kept);
      String sql = loader.copyStatement(table);
      rows =
          new RowSender(
              session,
              new CopyStream(session.session(), sql, encoder),
              encoder,
              new RowPlaces(partitionId, loader.plan().primaryKey()));
      sender = rows;
    }
    rows.rowByRow(loader.rowByRow());
    return rows;
  }

  /** Returns the session, which the first call borrows. */
  private Lease session() throws InterruptedException {
    if (lease == null) {
      Lease borrowed = loader.pool().borrow();
      synchronized (turn) {
        lease = borrowed;
      }
      durable =
          borrowed.transaction(
              "look up what is loaded of " + loader.display(),
              jdbc -> loader.ledger().progress(jdbc, partitionId));
    }
    return lease;
  }

  private void begin() {
    synchronized (turn) {
      if (closed) {
        throw new IllegalStateException("The writer is closed.");
      }
      working = true;
    }
  }

  /** Ends a call; when the writer was closed meanwhile, the session is given up here. */
  private void end() {
    boolean closedMeanwhile;
    synchronized (turn) {
      working = false;
      closedMeanwhile = closed;
    }
    if (closedMeanwhile) {
      release();
    }
  }

  private void release() {
    Lease session = lease;
    if (session == null) {
      return;
    }
    if (sender != null) {
      sender.cancel();
    }
    session.close();
  }
}
