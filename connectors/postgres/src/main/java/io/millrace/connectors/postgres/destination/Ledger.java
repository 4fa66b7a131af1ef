package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.table.Names;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.spi.Commit;
import io.millrace.spi.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bookkeeping of one stream and sync: a table beside the target, in the same schema, so that a
 * user who may create the target may create it too. Every method works within the caller's
 * transaction; what it records becomes durable with the rows, or not at all.
 *
 * <p>Entries of a stream: the lock, of no sync, which names the loader that may commit; for each
 * sync the commits by partition, the staging table, and the receipt of the publication. A commit
 * only takes place while the loader still holds the lock, and only on the sequence it follows. So a
 * transaction of a dead process that is completed late never adds rows that were read again.
 */
final class Ledger {
  /** The table. */
  static final String TABLE = Names.RESERVED_PREFIX + "_commits";

  /**
   * Keeps the commits of unlogged staging tables, and is unlogged as they are: a crash of the
   * server empties both.
   */
  static final String UNLOGGED_TABLE = TABLE + "_unlogged";

  private static final String LOCK = "#open";
  private static final String STAGE = "#stage";
  private static final String RECEIPT = "#finish";
  private static final long NO_SYNC = 0;

  private static final String DEFINITION =
      " (connection_id text NOT NULL, stream_namespace text NOT NULL, stream_name text NOT NULL,"
          + " sync_id bigint NOT NULL, entry text NOT NULL, sequence bigint, row_count bigint,"
          + " seen_count bigint,"
          + " record text, written_at timestamptz NOT NULL DEFAULT now(),"
          + " PRIMARY KEY (connection_id, stream_namespace, stream_name, sync_id, entry))";
  private static final String KEY = "connection_id, stream_namespace, stream_name, sync_id, entry";
  private static final String OF_STREAM =
      " WHERE connection_id = ? AND stream_namespace = ? AND stream_name = ?";

  private final String schema;
  private final String logged;
  private final String unlogged;
  private final String connectionId;
  private final String namespace;
  private final String name;
  private final long syncId;

  /**
   * Makes the bookkeeping of a stream's sync.
   *
   * @param schema the schema of the target
   */
  Ledger(String schema, String connectionId, StreamName stream, long syncId) {
    this.schema = schema;
    this.logged = PgIdentifiers.quote(schema, TABLE);
    this.unlogged = PgIdentifiers.quote(schema, UNLOGGED_TABLE);
    this.connectionId = storable(connectionId);
    this.namespace = storable(stream.namespace());
    this.name = storable(stream.name());
    this.syncId = syncId;
  }

  /** Returns the statements that make the tables where they are missing. */
  static List<String> definitions(String schema) {
    return List.of(
        "CREATE TABLE IF NOT EXISTS " + PgIdentifiers.quote(schema, TABLE) + DEFINITION,
        "CREATE UNLOGGED TABLE IF NOT EXISTS "
            + PgIdentifiers.quote(schema, UNLOGGED_TABLE)
            + DEFINITION);
  }

  /** Tells whether the tables exist. */
  boolean exists(Connection jdbc) throws SQLException {
    return Sql.isTrue(
        jdbc,
        "SELECT pg_catalog.to_regclass(?) IS NOT NULL AND pg_catalog.to_regclass(?) IS NOT NULL",
        logged,
        unlogged);
  }

  /** Makes the tables where they are missing. */
  void create(Connection jdbc) throws SQLException {
    if (exists(jdbc)) {
      return;
    }
    // CREATE ... IF NOT EXISTS alone may fail when two sessions try at once.
    Sql.string(
        jdbc,
        "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext(?))",
        "millrace " + schema);
    for (String definition : definitions(schema)) {
      Sql.execute(jdbc, definition);
    }
  }

  /**
   * Takes the lock for a loader and so from any other; waits for a commit that is taking place.
   *
   * @param holder a text of the loader's own
   */
  void lock(Connection jdbc, String holder) throws SQLException {
    Sql.update(
        jdbc,
        "INSERT INTO "
            + logged
            + (" (" + KEY + ", record) VALUES (?, ?, ?, ?, ?, ?)")
            + (" ON CONFLICT (" + KEY + ")")
            + " DO UPDATE SET record = EXCLUDED.record, written_at = now()",
        connectionId,
        namespace,
        name,
        NO_SYNC,
        LOCK,
        holder);
  }

  /** Tells whether a loader still holds the lock, and keeps it from changing hands meanwhile. */
  boolean holds(Connection jdbc, String holder) throws SQLException {
    String sql = "SELECT record FROM " + logged + OF_STREAM + " AND sync_id = ? AND entry = ?";
    String held =
        Sql.string(jdbc, sql + " FOR UPDATE", connectionId, namespace, name, NO_SYNC, LOCK);
    return holder.equals(held);
  }

  /** Returns the staging tables of other syncs of this stream. */
  List<String> staleStages(Connection jdbc) throws SQLException {
    String sql = "SELECT record FROM " + logged + OF_STREAM + " AND sync_id <> ? AND entry = ?";
    return Sql.strings(jdbc, sql, connectionId, namespace, name, syncId, STAGE);
  }

  /** Removes the entries of other syncs of this stream. */
  void forgetOthers(Connection jdbc) throws SQLException {
    for (String table : List.of(logged, unlogged)) {
      String sql = "DELETE FROM " + table + OF_STREAM + " AND sync_id <> ? AND entry <> ?";
      Sql.update(jdbc, sql, connectionId, namespace, name, syncId, LOCK);
    }
  }

  /** Removes every entry of this sync. */
  void forget(Connection jdbc) throws SQLException {
    for (String table : List.of(logged, unlogged)) {
      String sql = "DELETE FROM " + table + OF_STREAM + " AND sync_id = ?";
      Sql.update(jdbc, sql, connectionId, namespace, name, syncId);
    }
  }

  /** Returns the staging table of this sync, or null before there is one. */
  @Nullable String stage(Connection jdbc) throws SQLException {
    return value(jdbc, "record", STAGE);
  }

  /** Records the staging table of this sync. */
  void recordStage(Connection jdbc, String table) throws SQLException {
    insert(jdbc, STAGE, null, table);
  }

  /** Removes the record of the staging table. */
  void forgetStage(Connection jdbc) throws SQLException {
    String sql = "DELETE FROM " + logged + OF_STREAM + " AND sync_id = ? AND entry = ?";
    Sql.update(jdbc, sql, connectionId, namespace, name, syncId, STAGE);
  }

  /** Returns the rows that this sync has published, or null when it has not. */
  @Nullable Long receipt(Connection jdbc) throws SQLException {
    String rows = value(jdbc, "row_count", RECEIPT);
    return rows == null ? null : Long.valueOf(rows);
  }

  /** Records that this sync is published. */
  void recordReceipt(Connection jdbc, long rows) throws SQLException {
    insert(jdbc, RECEIPT, rows, null);
  }

  /** Returns the newest commit of each partition. */
  List<Commit> commits(Connection jdbc) throws SQLException {
    List<Commit> commits = new ArrayList<>();
    for (String record : entries(jdbc, "record")) {
      commits.add(Commit.decode(record));
    }
    return commits;
  }

  /** Returns the number of committed rows, as COPY counted them. */
  long rows(Connection jdbc) throws SQLException {
    return entries(jdbc, "row_count").stream().mapToLong(Long::parseLong).sum();
  }

  /** Returns how far a partition is committed. */
  Progress progress(Connection jdbc, String partitionId) throws SQLException {
    for (String table : List.of(logged, unlogged)) {
      String sql = "SELECT row_count || ' ' || seen_count FROM " + table + OF_STREAM;
      String counts =
          Sql.string(
              jdbc,
              sql + " AND sync_id = ? AND entry = ?",
              connectionId,
              namespace,
              name,
              syncId,
              partitionId);
      if (counts != null) {
        int blank = counts.indexOf(' ');
        return new Progress(
            Long.parseLong(counts.substring(0, blank)),
            Long.parseLong(counts.substring(blank + 1)));
      }
    }
    return new Progress(0, 0);
  }

  /**
   * How far a partition is committed.
   *
   * @param rows the rows that are stored
   * @param seen the rows that were handed over, refused ones included
   */
  record Progress(long rows, long seen) {}

  /**
   * Records a commit.
   *
   * @param progress the partition's rows up to it
   * @param unloggedRows the rows are in an unlogged table
   * @return false when the loader no longer holds the lock, or the commit does not follow the
   *     partition's last: then nothing was recorded
   */
  boolean recordCommit(
      Connection jdbc, String holder, Commit commit, Progress progress, boolean unloggedRows)
      throws SQLException {
    String table = unloggedRows ? unlogged : logged;
    String sql =
        """
        WITH held AS (SELECT 1 FROM %1$s%3$s AND sync_id = ? AND entry = ? AND record = ? FOR SHARE)
        INSERT INTO %2$s AS c (%4$s, sequence, row_count, seen_count, record)
        SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? FROM held
         WHERE ? = 1 OR EXISTS (SELECT 1 FROM %2$s%3$s AND sync_id = ? AND entry = ?)
            ON CONFLICT (%4$s)
            DO UPDATE SET sequence = EXCLUDED.sequence, row_count = EXCLUDED.row_count,
                          seen_count = EXCLUDED.seen_count, record = EXCLUDED.record,
                          written_at = now()
                    WHERE c.sequence = EXCLUDED.sequence - 1
        """
            .formatted(logged, table, OF_STREAM, KEY);
    String partition = commit.partitionId();
    Object[] lock = {connectionId, namespace, name, NO_SYNC, LOCK, holder};
    Object[] entry = {connectionId, namespace, name, syncId, partition};
    Object[] values = {
      commit.sequence(), progress.rows(), progress.seen(), commit.encode(), commit.sequence()
    };
    return Sql.update(jdbc, sql, joined(lock, entry, values, entry)) == 1;
  }

  private List<String> entries(Connection jdbc, String column) throws SQLException {
    List<String> all = new ArrayList<>();
    for (String table : List.of(logged, unlogged)) {
      String sql = "SELECT " + column + " FROM " + table + OF_STREAM;
      all.addAll(
          Sql.strings(
              jdbc,
              sql + " AND sync_id = ? AND entry NOT LIKE '#%' ORDER BY entry",
              connectionId,
              namespace,
              name,
              syncId));
    }
    return all;
  }

  private @Nullable String value(Connection jdbc, String column, String entry) throws SQLException {
    String sql = "SELECT " + column + " FROM " + logged + OF_STREAM;
    return Sql.string(
        jdbc, sql + " AND sync_id = ? AND entry = ?", connectionId, namespace, name, syncId, entry);
  }

  private void insert(Connection jdbc, String entry, @Nullable Long rows, @Nullable String record)
      throws SQLException {
    String sql = "INSERT INTO " + logged + " (" + KEY + ", row_count, record) VALUES";
    Sql.update(
        jdbc,
        sql + " (?, ?, ?, ?, ?, ?::bigint, ?::text)",
        connectionId,
        namespace,
        name,
        syncId,
        entry,
        rows,
        record);
  }

  private static Object[] joined(Object[]... parts) {
    List<Object> all = new ArrayList<>();
    for (Object[] part : parts) {
      all.addAll(List.of(part));
    }
    return all.toArray();
  }

  /** No PostgreSQL text holds a NUL; a missing namespace is the empty text. */
  private static String storable(@Nullable String text) {
    return text == null ? "" : text.replace('\0', '\uFFFD');
  }
}
