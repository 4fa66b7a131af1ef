package io.millrace.connectors.duckdb;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The place of a table.
 *
 * @param catalog the database's own name, said always: a schema of the same name would be ambiguous
 */
record Table(String catalog, String schema, String name) {
  private static final String COLUMNS =
      "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = ?"
          + " AND lower(schema_name) = lower(?) AND lower(table_name) = lower(?)"
          + " ORDER BY column_index";

  /** Returns the full name as SQL. */
  String sql() {
    return Sql.name(catalog) + "." + Sql.name(schema) + "." + Sql.name(name);
  }

  /** Returns the full name of the schema as SQL. */
  String schemaSql() {
    return Sql.name(catalog) + "." + Sql.name(schema);
  }

  /** Tells whether the schema exists. */
  boolean schemaExists(Session session) throws SQLException {
    return session
            .query(
                "SELECT count(*) FROM duckdb_schemas() WHERE database_name = ?"
                    + " AND lower(schema_name) = lower(?)",
                row -> row.getLong(1),
                catalog,
                schema)
            .getFirst()
        > 0;
  }

  /** Returns the name as a user would type it. */
  String display() {
    return schema + "." + name;
  }

  /** Returns another table of the same schema. */
  Table beside(String otherName) {
    return new Table(catalog, schema, otherName);
  }

  /** Returns the columns it has, name to type, in order; empty when it does not exist. */
  Map<String, String> columns(Session session) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    session.query(
        COLUMNS,
        row -> columns.put(row.getString(1), row.getString(2)) == null,
        catalog,
        schema,
        name);
    return columns;
  }

  /** Returns the tables of the schema whose names begin with a text of ASCII letters. */
  List<String> siblings(Session session, String prefix) throws SQLException {
    return session.query(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ?"
            + " AND lower(schema_name) = lower(?) AND starts_with(table_name, ?)",
        row -> row.getString(1),
        catalog,
        schema,
        prefix);
  }
}
