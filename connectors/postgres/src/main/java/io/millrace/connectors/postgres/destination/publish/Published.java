package io.millrace.connectors.postgres.destination.publish;

import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.spi.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Tables of logical replication: some changes need a replica identity. */
public final class Published {
  private static final String WITHOUT_IDENTITY =
      """
      SELECT p.pubname
        FROM pg_catalog.pg_publication_tables l
        JOIN pg_catalog.pg_publication p ON p.pubname = l.pubname
        JOIN pg_catalog.pg_class c ON c.oid = ?::regclass
       WHERE l.schemaname = ? AND l.tablename = ? AND (p.pubupdate OR p.pubdelete)
         AND (c.relreplident = 'n'
              OR (c.relreplident = 'd' AND NOT EXISTS (
                    SELECT FROM pg_catalog.pg_index i
                     WHERE i.indrelid = c.oid AND i.indisprimary)))
      """;

  private Published() {}

  /**
   * Refuses a table whose rows the server would not let us change.
   *
   * @throws ConfigException with the statement that helps
   */
  public static void requireIdentity(Connection jdbc, TableName table) throws SQLException {
    List<String> publications =
        Sql.strings(jdbc, WITHOUT_IDENTITY, table.quoted(), table.schema(), table.name());
    if (!publications.isEmpty()) {
      throw new ConfigException(
          "no_replica_identity",
          "The table %s is in the publication %s and has no replica identity, so its rows cannot be"
                  .formatted(table.display(), publications.getFirst())
              + " changed. Run: ALTER TABLE %s REPLICA IDENTITY FULL".formatted(table.quoted()));
    }
  }
}
