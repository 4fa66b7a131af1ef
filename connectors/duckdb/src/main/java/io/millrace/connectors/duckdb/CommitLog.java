package io.millrace.connectors.duckdb;

import io.millrace.spi.Commit;
import io.millrace.spi.LoadPlan;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The records that become durable with the rows they cover: one line per commit, and one per
 * publication. They are only ever added within a sync, so that writers never meet.
 */
final class CommitLog {
  private static final int TABLES = 2;

  private final String catalog;
  private final String commits;
  private final String publications;
  private final String schema;
  private final Object[] stream;
  private final long syncId;

  CommitLog(String catalog, LoadPlan plan) {
    this.catalog = catalog;
    schema = Sql.name(catalog) + "." + Sql.name(StagingNames.CONTROL_SCHEMA);
    commits = schema + ".commits";
    publications = schema + ".publications";
    stream =
        new Object[] {
          plan.connectionId(),
          Objects.requireNonNullElse(plan.stream().namespace(), ""),
          plan.stream().name()
        };
    syncId = plan.syncId();
  }

  /**
   * Returns the statements that make the tables of records. The key of the commits lets one of two
   * writers of a partition commit a sequence, whatever their snapshots show them.
   */
  List<String> create() {
    String key =
        "connection_id VARCHAR NOT NULL, stream_namespace VARCHAR NOT NULL,"
            + " stream_name VARCHAR NOT NULL, sync_id BIGINT NOT NULL, ";
    return List.of(
        "CREATE SCHEMA IF NOT EXISTS " + schema,
        "CREATE TABLE IF NOT EXISTS "
            + commits
            + " ("
            + key
            + "partition_id VARCHAR NOT NULL, sequence BIGINT NOT NULL, row_count BIGINT NOT NULL,"
            + " record VARCHAR NOT NULL, PRIMARY KEY (connection_id, stream_namespace, stream_name,"
            + " sync_id, partition_id, sequence))",
        "CREATE TABLE IF NOT EXISTS " + publications + " (" + key + "row_count BIGINT NOT NULL)");
  }

  /** Tells whether the tables of records exist. */
  boolean exists(Session session) throws SQLException {
    long tables =
        session
            .query(
                "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND schema_name = ?",
                row -> row.getLong(1),
                catalog,
                StagingNames.CONTROL_SCHEMA)
            .getFirst();
    return tables >= TABLES;
  }

  /** Returns the sequence of a partition's newest commit, or 0. */
  long sequence(Session session, String partitionId) throws SQLException {
    return session
        .query(
            "SELECT coalesce(max(sequence), 0) FROM "
                + commits
                + where("sync_id = ? AND partition_id = ?"),
            row -> row.getLong(1),
            stream[0],
            stream[1],
            stream[2],
            syncId,
            partitionId)
        .getFirst();
  }

  /** Returns the newest commit of each partition of this sync. */
  List<Commit> newest(Session session) throws SQLException {
    return session.query(
        "SELECT arg_max(record, sequence) FROM "
            + commits
            + where("sync_id = ?")
            + " GROUP BY partition_id ORDER BY partition_id",
        row -> Commit.decode(row.getString(1)),
        key(syncId));
  }

  /** Returns the rows of all commits of this sync. */
  long rows(Session session) throws SQLException {
    return session
        .query(
            "SELECT coalesce(sum(row_count), 0)::BIGINT FROM " + commits + where("sync_id = ?"),
            row -> row.getLong(1),
            key(syncId))
        .getFirst();
  }

  /** Adds a commit of so many rows. */
  void add(Session session, Commit commit, long rows) throws SQLException {
    session.update(
        "INSERT INTO " + commits + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        stream[0],
        stream[1],
        stream[2],
        syncId,
        commit.partitionId(),
        commit.sequence(),
        rows,
        commit.encode());
  }

  /** Returns how many rows this sync published, or nothing when it did not yet. */
  OptionalLong published(Session session) throws SQLException {
    List<Long> rows =
        session.query(
            "SELECT row_count FROM " + publications + where("sync_id = ?"),
            row -> row.getLong(1),
            key(syncId));
    return rows.isEmpty() ? OptionalLong.empty() : OptionalLong.of(rows.getFirst());
  }

  /** Adds the publication of so many rows. */
  void publish(Session session, long rows) throws SQLException {
    session.update(
        "INSERT INTO " + publications + " VALUES (?, ?, ?, ?, ?)",
        stream[0],
        stream[1],
        stream[2],
        syncId,
        rows);
  }

  /** Removes the records of other syncs of this stream; writes nothing where there are none. */
  void forgetOthers(Session session) throws SQLException {
    for (String table : List.of(commits, publications)) {
      String others = table + where("sync_id <> ?");
      long count =
          session
              .query("SELECT count(*) FROM " + others, row -> row.getLong(1), key(syncId))
              .getFirst();
      if (count > 0) {
        session.update("DELETE FROM " + others, key(syncId));
      }
    }
  }

  /** Removes the records of this sync. */
  void forget(Session session) throws SQLException {
    session.update("DELETE FROM " + commits + where("sync_id = ?"), key(syncId));
    session.update("DELETE FROM " + publications + where("sync_id = ?"), key(syncId));
  }

  private static String where(String sync) {
    return " WHERE connection_id = ? AND stream_namespace = ? AND stream_name = ? AND " + sync;
  }

  private Object[] key(long sync) {
    return new Object[] {stream[0], stream[1], stream[2], sync};
  }
}
