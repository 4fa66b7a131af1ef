package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.destination.copy.Refusal;
import io.millrace.connectors.postgres.destination.copy.RowEncoder;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import io.millrace.spi.ConfigException;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.WriteReceipt;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Sends batches within one transaction and finds the rows that cannot be stored.
 *
 * <p>Usually all batches up to a commit are one COPY. Once the server itself has refused a row,
 * each batch is a COPY of its own behind a savepoint, and a refused batch is halved until the row
 * at fault stands alone. For one thread.
 */
final class RowSender {
  /** Beyond so many rows of one batch something else than the rows is wrong. */
  static final int REFUSED_ROWS_MAX = 1000;

  private final Lease session;
  private final CopyStream copy;
  private final RowEncoder encoder;
  private final RowPlaces places;
  private boolean rowByRow;
  private long counted;
  private List<RejectedRow> rejected = new ArrayList<>();

  RowSender(Lease session, CopyStream copy, RowEncoder encoder, RowPlaces places) {
    this.session = session;
    this.copy = copy;
    this.encoder = encoder;
    this.places = places;
  }

  /** Sets whether each batch is a COPY of its own. */
  void rowByRow(boolean each) {
    this.rowByRow = each;
  }

  /**
   * Sends a batch of at least one row.
   *
   * @param firstRow the number of its first row within the partition
   */
  WriteReceipt send(RecordBatch batch, long firstRow) throws SQLException {
    session.unsettled();
    VectorSchemaRoot root = batch.root();
    int rows = batch.rowCount();
    rejected = new ArrayList<>();
    encoder.bind(root, firstRow);
    BitSet left =
        encoder.check(
            rows, (row, column, refusal) -> reject(batch, row, firstRow, column, refusal));
    if (rowByRow) {
      counted += copy.end();
      sendHalves(batch, 0, rows, left, firstRow);
    } else {
      copy.put(0, rows, left);
    }
    return new WriteReceipt(rows - rejected.size(), rejected);
  }

  /** Ends the COPY; returns the rows that the server counted since the last call. */
  long finish() throws SQLException {
    long rows = counted + copy.end();
    counted = 0;
    return rows;
  }

  /** Drops what was sent since the last commit. Never throws. */
  void cancel() {
    counted = 0;
    try {
      copy.cancel();
      session.jdbc().rollback();
      session.settled();
    } catch (SQLException lost) {
      // The session is dropped, and with it what was sent.
    }
  }

  private void sendHalves(RecordBatch batch, int from, int to, BitSet left, long firstRow)
      throws SQLException {
    int first = left.nextClearBit(from);
    if (first >= to) {
      return;
    }
    Connection jdbc = session.jdbc();
    Savepoint before = jdbc.setSavepoint();
    SQLException failure;
    try {
      copy.put(from, to, left);
      counted += copy.end();
      jdbc.releaseSavepoint(before);
      return;
    } catch (SQLException refused) {
      if (!RowErrors.isRowError(refused)) {
        throw refused;
      }
      failure = refused;
    }
    copy.cancel();
    jdbc.rollback(before);
    jdbc.releaseSavepoint(before);
    if (left.nextClearBit(first + 1) >= to) {
      reject(batch, first, firstRow, failure);
      return;
    }
    int middle = from + (to - from) / 2;
    sendHalves(batch, from, middle, left, firstRow);
    sendHalves(batch, middle, to, left, firstRow);
  }

  private void reject(
      RecordBatch batch, int row, long firstRow, TargetColumn column, Refusal refusal) {
    rejected.add(
        new RejectedRow(
            places.of(batch, row, firstRow), column.field(), refusal.reason(), refusal.value()));
  }

  private void reject(RecordBatch batch, int row, long firstRow, SQLException failure) {
    String column = RowErrors.column(failure);
    rejected.add(
        new RejectedRow(
            places.of(batch, row, firstRow),
            column,
            RowErrors.reason(failure),
            RowErrors.detail(failure)));
    if (rejected.size() > REFUSED_ROWS_MAX) {
      throw new ConfigException(
          "rows_refused",
          "PostgreSQL refused more than %d rows of one batch, the last one for this reason: %s"
              .formatted(REFUSED_ROWS_MAX, RowErrors.reason(failure)));
    }
  }
}
