package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.decode.CopyCollector;
import io.millrace.connectors.postgres.decode.CopyDecoder;
import io.millrace.connectors.postgres.decode.RowKeeper;
import io.millrace.connectors.postgres.wire.CopyFeed;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.TransientException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Opens readers of partitions. Thread-safe. */
final class ReaderFactory {
  private static final double BYTES_PER_ROW_GUESS = 128;

  private final Sessions sessions;
  private final ReplicationMethod method;
  private final ConnectorContext context;

  ReaderFactory(Sessions sessions, ReplicationMethod method, ConnectorContext context) {
    this.sessions = sessions;
    this.method = method;
    this.context = context;
  }

  /**
   * Opens a reader.
   *
   * @param encoded rows are handed on as they come, not decoded
   */
  PartitionReader open(
      ConfiguredStream stream, Partition partition, @Nullable Layout layout, boolean encoded)
      throws InterruptedException {
    Task planned = Tokens.read(partition);
    ReadTransaction transaction = ReadTransaction.begin(sessions, planned.snapshot());
    boolean opened = false;
    try {
      boolean own = planned.snapshot() == null;
      Task task = own ? OwnMoment.complete(method, planned, stream, transaction, context) : planned;
      requireUnchanged(transaction, task, stream);
      Layout columns =
          layout != null ? layout : Layout.of(stream, Lookup.find(transaction, stream).columns());
      PartitionReader reader = reader(stream, partition, transaction, task, columns, encoded);
      opened = true;
      return reader;
    } finally {
      if (!opened) {
        transaction.close();
      }
    }
  }

  private PartitionReader reader(
      ConfiguredStream stream,
      Partition partition,
      ReadTransaction transaction,
      Task task,
      Layout layout,
      boolean encoded)
      throws InterruptedException {
    String what = "read " + stream.name().display();
    SnapshotView moment = task.filter().moment(transaction.snapshot());
    @Nullable MetTransactions met =
        Task.recordsTransactions(moment, task.place()) ? new MetTransactions(moment) : null;
    String selected = encoded ? layout.selectedPlain() : layout.selected();
    if (met != null) {
      selected = selected.isEmpty() ? "t.xmin" : selected + ", t.xmin";
    }
    String sql = Statements.copy(task, selected);
    CopyFeed copy = transaction.call(what, _ -> transaction.session().copyOut(sql));
    CopyCollector rows =
        encoded
            ? new RowKeeper(layout.columns().size(), context.allocator(), bounds(partition), met)
            : new CopyDecoder(
                layout.schema(), layout.jsonb(), context.allocator(), bounds(partition), met);
    @Nullable Ahead ahead = task.ahead();
    return new CopyReader(
        transaction, rows, copy, met, moment, ahead == null ? Ahead.NOTHING : ahead, what);
  }

  private CopyCollector.Bounds bounds(Partition partition) {
    double guess =
        partition.estimatedRows() > 0 && partition.estimatedBytes() > 0
            ? (double) partition.estimatedBytes() / partition.estimatedRows()
            : BYTES_PER_ROW_GUESS;
    return new CopyCollector.Bounds(
        context.tuning().batchBytesTarget(), context.tuning().batchRowsMax(), guess);
  }

  /**
   * Locks the table against changes of its form and makes sure that there was none since the plan:
   * a snapshot does not protect from TRUNCATE, and ranges of pages mean nothing once a table has
   * been rewritten.
   */
  private static void requireUnchanged(
      ReadTransaction transaction, Task task, ConfiguredStream stream) throws InterruptedException {
    Place place = task.place();
    if (place.file() == 0) {
      return;
    }
    long now =
        transaction.call("read " + stream.name().display(), jdbc -> lockAndLook(jdbc, place));
    if (now != place.file()) {
      throw new TransientException(
          "table_rewritten",
          "The table "
              + stream.name().display()
              + " was truncated or rewritten while it was read, so it is read again.",
          place.name().display() + ": file " + now + " instead of " + place.file(),
          null);
    }
  }

  static long lockAndLook(Connection jdbc, Place place) throws SQLException {
    try (Statement statement = jdbc.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_catalog.pg_relation_filenode("
                    + place.oid()
                    + "::pg_catalog.oid)::int8 FROM (SELECT count(*) FROM (SELECT 1 FROM "
                    + place.source()
                    + " LIMIT 0) locked) one")) {
      row.next();
      return row.getLong(1);
    }
  }
}
