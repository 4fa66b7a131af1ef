package io.millrace.connectors.postgres.connect;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The one place where names and texts become SQL. */
public final class PgIdentifiers {
  /** The number of bytes of a name that PostgreSQL keeps. */
  public static final int NAME_BYTES_MAX = 63;

  private PgIdentifiers() {}

  /**
   * Returns the identifier in double quotes, fit for a statement whatever it contains.
   *
   * @throws IllegalArgumentException when it is empty or contains a NUL, which no identifier can
   */
  public static String quote(String identifier) {
    if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("PostgreSQL has no identifier '" + identifier + "'.");
    }
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** Returns {@code "schema"."name"}, or the name alone where there is no schema. */
  public static String quote(@Nullable String schema, String name) {
    return schema == null ? quote(name) : quote(schema) + "." + quote(name);
  }

  /**
   * Returns the text as a literal that means the same whatever {@code standard_conforming_strings}
   * says.
   *
   * @throws IllegalArgumentException when it contains a NUL, which no text value can
   */
  public static String literal(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A PostgreSQL text holds no NUL character.");
    }
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') < 0 ? quoted : " E" + quoted.replace("\\", "\\\\");
  }

  /** Tells whether PostgreSQL keeps the whole name. */
  public static boolean fits(String identifier) {
    return identifier.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES_MAX;
  }
}
