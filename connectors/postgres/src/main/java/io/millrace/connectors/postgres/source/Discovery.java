package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.connectors.postgres.type.PgColumn;
import io.millrace.connectors.postgres.type.PgColumns;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the streams of a database by one query, whose rows are fetched as they are needed. */
final class Discovery {
  private static final int ROWS_PER_FETCH = 2_000;

  /**
   * One row for each column, and one for a relation without columns, in the order of names. Pages
   * and rows of partitions and children count for their parents; nothing that would open a table is
   * asked, so that no lock can stand in the way.
   */
  private static final String STREAMS =
      PgColumns.BASE_TYPES
          + """
          , tree(root, oid) AS (
            SELECT inhparent, inhrelid FROM pg_catalog.pg_inherits
            UNION
            SELECT t.root, i.inhrelid FROM tree t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid
          ), below(root, tuples, pages) AS (
            SELECT t.root, sum(c.reltuples::float8), sum(c.relpages::int8)
              FROM tree t JOIN pg_catalog.pg_class c ON c.oid = t.oid
             WHERE c.relkind <> 'p' AND c.relpages > 0 GROUP BY t.root
          )
          SELECT n.nspname AS namespace, c.relname AS relation, c.relkind AS kind,
                 CASE WHEN c.relpages > 0 THEN c.reltuples::float8 END AS own_tuples,
                 c.relpages::int8 AS own_pages, below.tuples AS below_tuples,
                 below.pages AS below_pages,
                 pg_catalog.current_setting('block_size')::int8 AS page_bytes,
                 pg_catalog.array_position(i.indkey::int2[], a.attnum) AS key_position,
          """
          + PgColumns.SELECTED
          + """
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN below ON below.root = c.oid
            LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
            LEFT JOIN (
          """
          + PgColumns.FROM
          + """
            ) ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
             AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
             AND n.nspname !~ '^(_millrace|airbyte_internal$)'
             AND c.relname !~ '^(_millrace|_airbyte_raw_)'
             AND CASE WHEN pg_catalog.cardinality(?::text[]) > 0 THEN n.nspname = ANY (?::text[])
                 ELSE pg_catalog.has_schema_privilege(n.oid, 'USAGE') END
             AND NOT EXISTS (
               SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                  AND d.deptype = 'e')
           ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attnum
          """;

  /**
   * What has a name that only our own records and Airbyte's have, in schemas that are not theirs.
   */
  private static final String LEFT_OUT =
      """
      SELECT count(*) AS tables, min(n.nspname || '.' || c.relname) AS first
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
         AND n.nspname !~ '^(_millrace|airbyte_internal$)'
         AND c.relname ~ '^(_millrace|_airbyte_raw_)'
      """;

  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  private final Sessions sessions;
  private final PostgresSourceConfig config;

  Discovery(Sessions sessions, PostgresSourceConfig config) {
    this.sessions = sessions;
    this.config = config;
  }

  void run(Consumer<StreamDescriptor> found) throws InterruptedException {
    PgSession session = sessions.borrow();
    boolean done = false;
    try {
      session.call("list the tables of " + config.database(), jdbc -> list(jdbc, found));
      done = true;
    } finally {
      if (done) {
        sessions.giveBack(session);
      } else {
        sessions.discard(session);
      }
    }
  }

  private boolean list(Connection jdbc, Consumer<StreamDescriptor> found) throws SQLException {
    jdbc.setAutoCommit(false); // The driver fetches in portions only within a transaction.
    try (PreparedStatement statement = jdbc.prepareStatement(STREAMS)) {
      java.sql.Array schemas = jdbc.createArrayOf("text", config.schemas().toArray());
      statement.setArray(1, schemas);
      statement.setArray(2, schemas);
      statement.setFetchSize(ROWS_PER_FETCH);
      try (ResultSet row = statement.executeQuery()) {
        describe(row, found);
      }
    }
    try (PreparedStatement statement = jdbc.prepareStatement(LEFT_OUT);
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (row.getLong("tables") > 0) {
        LOG.atInfo()
            .addKeyValue("tables", row.getLong("tables"))
            .addKeyValue("first", row.getString("first"))
            .log("tables_left_out_for_their_names");
      }
    }
    jdbc.commit();
    jdbc.setAutoCommit(true);
    return true;
  }

  private void describe(ResultSet row, Consumer<StreamDescriptor> found) throws SQLException {
    @Nullable Description open = null;
    while (row.next()) {
      StreamName name = new StreamName(row.getString("namespace"), row.getString("relation"));
      if (open == null || !open.name().equals(name)) {
        end(open, found);
        open = Description.begin(name, row, config.replicationMethod());
      }
      if (row.getString("column_name") != null) {
        PgColumn column = PgColumns.read(row);
        open.add(column, row.getObject("key_position") == null ? -1 : row.getInt("key_position"));
      }
    }
    end(open, found);
  }

  private void end(@Nullable Description description, Consumer<StreamDescriptor> found) {
    if (description != null) {
      found.accept(description.end());
    }
  }
}
