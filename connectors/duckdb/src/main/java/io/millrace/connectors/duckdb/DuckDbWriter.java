package io.millrace.connectors.duckdb;

import io.millrace.codec.limit.RowGuard;
import io.millrace.codec.limit.ValueLimits;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.SystemException;
import io.millrace.spi.WriteReceipt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one partition: rows and commit records in one transaction of a connection of its own. */
final class DuckDbWriter implements BatchWriter {
  /** Leaves room for 2^40 rows in each of 2^23 commits. */
  private static final int POSITION_BITS = 40;

  /** DuckDB stores Arrow's numbers as they are, also beyond its own ranges ("Data Types"). */
  private static final ValueLimits LIMITS =
      new ValueLimits("DuckDB", true, true, -9_223_372_022_400_000_000L, Long.MAX_VALUE - 1);

  private final Session session;
  private final BatchInsert insert;
  private final CommitLog log;
  private final List<String> key;
  private @Nullable RowGuard guard;
  private boolean inTransaction;
  private long sequence;
  private long rows;

  /**
   * Makes a writer.
   *
   * @param sequence the partition's last commit
   * @param key the fields by which a refused row is named
   */
  DuckDbWriter(
      Session session, BatchInsert insert, CommitLog log, long sequence, List<String> key) {
    this.session = session;
    this.insert = insert;
    this.log = log;
    this.sequence = sequence;
    this.key = key;
  }

  @Override
  public WriteReceipt write(RecordBatch batch) throws InterruptedException {
    if (batch.rowCount() == 0) {
      return new WriteReceipt(0, List.of());
    }
    if (guard == null) {
      guard = new RowGuard(LIMITS, batch.root(), key);
    }
    List<RejectedRow> rejected = new ArrayList<>();
    BitSet bad = guard.check(batch, rejected);
    long wanted = batch.rowCount() - (long) rejected.size();
    long position = ((sequence + 1) << POSITION_BITS) + rows;
    long added =
        session.call(
            open -> {
              begin(open);
              return insert.add(open, batch.root(), bad, position);
            });
    if (added != wanted) {
      throw new SystemException(
          "rows_miscounted", "DuckDB took " + added + " rows of a batch of " + wanted + ".");
    }
    rows += added;
    return new WriteReceipt(added, rejected);
  }

  private void begin(Session open) throws SQLException {
    if (!inTransaction) {
      open.execute("BEGIN TRANSACTION");
      inTransaction = true;
    }
  }

  @Override
  public long commit(Commit commit) throws InterruptedException {
    if (commit.sequence() != sequence + 1) {
      throw new SystemException(
          "commit_out_of_turn",
          "Commit %d of partition %s came after commit %d; nothing was written."
              .formatted(commit.sequence(), commit.partitionId(), sequence));
    }
    long durable = rows;
    session.call(
        open -> {
          begin(open);
          log.add(open, commit, durable);
          commit(open);
          return true;
        });
    inTransaction = false;
    sequence = commit.sequence();
    rows = 0;
    return durable;
  }

  private static void commit(Session open) throws SQLException {
    try {
      open.execute("COMMIT");
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("TransactionContext Error")) {
        throw e;
      }
      throw new OutcomeUnknownException(
          "commit_unknown",
          "DuckDB did not confirm a commit; whether it took place is read back.",
          String.valueOf(e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
