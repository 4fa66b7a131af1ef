package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.type.PgColumn;
import io.millrace.connectors.postgres.type.PgType;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows which columns may serve as a cursor, and which are best. */
final class Cursors {
  /** Types that have an order and {@code max()} in every supported version. */
  private static final Set<String> ORDERED =
      Set.of(
          "int2",
          "int4",
          "int8",
          "oid",
          "float4",
          "float8",
          "numeric",
          "money",
          "date",
          "time",
          "timetz",
          "timestamp",
          "timestamptz",
          "interval",
          "text",
          "varchar",
          "bpchar",
          "citext",
          "inet");

  private static final int RANK_NAMED = 0;
  private static final int RANK_INSTANT = 1;
  private static final int RANK_DATE = 2;
  private static final int RANK_WHOLE = 3;
  private static final int RANK_OTHER = 4;

  private Cursors() {}

  /** Tells whether the type has an order that a cursor can follow. */
  static boolean canServe(PgType type) {
    return ORDERED.contains(type.name()) || type.kind() == 'e';
  }

  /** Returns how well a column would serve, the best first: 0, 1, ... */
  static int rank(PgColumn column) {
    String name = column.name().toLowerCase(Locale.ROOT);
    boolean instant = column.type().name().startsWith("timestamp");
    if (instant && (name.contains("updat") || name.contains("modif") || name.contains("chang"))) {
      return RANK_NAMED;
    }
    if (instant) {
      return RANK_INSTANT;
    }
    return switch (column.type().name()) {
      case "date" -> RANK_DATE;
      case "int2", "int4", "int8" -> RANK_WHOLE;
      default -> RANK_OTHER;
    };
  }

  /**
   * Returns the column of the chosen cursor, or null where none is chosen.
   *
   * @throws ConfigException when it does not exist or has no order
   */
  static @Nullable PgColumn chosen(ConfiguredStream stream, Relation relation) {
    String field = stream.cursorField();
    if (field == null) {
      return null;
    }
    Set<String> serving = new LinkedHashSet<>();
    for (PgColumn column : relation.columns()) {
      boolean serves = canServe(column.type());
      if (column.name().equals(field) && serves) {
        return column;
      }
      if (column.name().equals(field)) {
        throw new ConfigException(
            "cursor_type",
            "The cursor field `"
                + field
                + "` of "
                + stream.name().display()
                + " is of type "
                + column.type().text()
                + ", which has no order to follow. Choose a timestamp, a date or a number.");
      }
      if (serves) {
        serving.add(column.name());
      }
    }
    throw Layout.missing("cursor field", field, stream, serving);
  }
}
