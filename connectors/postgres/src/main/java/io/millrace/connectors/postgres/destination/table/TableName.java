package io.millrace.connectors.postgres.destination.table;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import java.util.regex.Pattern;

/**
 * The full name of a table.
 *
 * @param schema its schema
 * @param name its name within the schema
 */
public record TableName(String schema, String name) {
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[a-z_][a-z0-9_$]*");

  /** Returns the name for statements. */
  public String quoted() {
    return PgIdentifiers.quote(schema, name);
  }

  /** Returns the name as a user would type it: in quotes only where it needs them. */
  public String display() {
    return shown(schema) + "." + shown(name);
  }

  /** Returns another table of the same schema. */
  public TableName sibling(String other) {
    return new TableName(schema, other);
  }

  private static String shown(String part) {
    return NEEDS_NO_QUOTES.matcher(part).matches() ? part : PgIdentifiers.quote(part);
  }
}
