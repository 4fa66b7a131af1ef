package io.millrace.connectors.duckdb;

import io.millrace.spi.type.LogicalType;

/**
 * A field and the column it lands in.
 *
 * @param field the field's name
 * @param name the column's name
 * @param type the field's type
 * @param sqlType the column's type; it may be wider than the field's
 */
record Column(String field, String name, LogicalType type, String sqlType) {
  /** Returns the column's definition. */
  String definition() {
    return Sql.name(name) + " " + sqlType;
  }
}
