package io.millrace.connectors.postgres.destination.table;

import io.millrace.spi.type.LogicalType;

/**
 * A column that the stream fills.
 *
 * @param field the name of the field
 * @param name the name of the column
 * @param carrier the logical type of the batches' values
 * @param type the type of the column
 */
public record TargetColumn(String field, String name, LogicalType carrier, PgType type) {
  /** Returns this column with another type. */
  public TargetColumn withType(PgType newType) {
    return new TargetColumn(field, name, carrier, newType);
  }
}
