package io.millrace.connectors.postgres.source;

import static io.millrace.connectors.postgres.connect.PgIdentifiers.literal;
import static io.millrace.connectors.postgres.connect.PgIdentifiers.quote;

/**
 * A position in the order of a cursor field.
 *
 * @param field the field
 * @param type its type as PostgreSQL writes it
 * @param value the position in PostgreSQL's own text form, with all its digits
 */
record Cursor(String field, String type, String value) {
  /** Returns the field as it is selected from the table {@code t}. */
  String column() {
    return column(field);
  }

  static String column(String field) {
    return "t." + quote(field);
  }

  /** Returns the value as a constant of the field's type. */
  String constant() {
    return literal(value) + "::" + type;
  }
}
