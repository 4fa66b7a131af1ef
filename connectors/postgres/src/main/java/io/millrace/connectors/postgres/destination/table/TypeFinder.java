package io.millrace.connectors.postgres.destination.table;

import io.millrace.connectors.postgres.destination.table.PgType.Family;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds types by their names at the destination. A name that is found is exactly one type name to
 * the server's own parser, and so fit to stand in a statement.
 *
 * <p>Within a transaction; for one thread.
 */
public final class TypeFinder {
  private static final int NAME_CHARS_MAX = 1000;

  /** Words, quoted names, modifiers and brackets: no comment, literal or second statement. */
  private static final Pattern PLAUSIBLE =
      Pattern.compile("(?:[\\p{L}\\p{N}_$ .,()\\[\\]-]|\"[^\"\\x00]*\")+");

  private static final Pattern MODIFIER = Pattern.compile("\\((-?\\d+)(?:,\\s*(-?\\d+))?\\)");

  private static final String FIND =
      """
      SELECT t.type_kind AS own_kind, t.row_of, t.referring, t.own_built_in,
             pg_catalog.format_type(t.oid, NULL) AS sql,
             base.type_name, base.type_kind, base.built_in, base.modifier
        FROM (SELECT p.oid, -1 AS modifier, p.typtype::text AS type_kind,
                     (SELECT c.relkind::text FROM pg_catalog.pg_class c WHERE c.oid = p.typrelid)
                       AS row_of,
                     p.typnamespace = 'pg_catalog'::regnamespace AS own_built_in,
                     (p.typnamespace = 'pg_catalog'::regnamespace AND p.typname ~ '^_?reg') AS referring
                FROM pg_catalog.pg_type p WHERE p.oid = pg_catalog.to_regtype(?)) t
        CROSS JOIN
      """
          + CatalogTypes.BASE_OF_T;

  private final Connection jdbc;
  private final Map<String, Optional<PgType>> found = new HashMap<>();

  /** What keeps types that are here from being taken, by name. */
  private final Map<String, String> unfit = new HashMap<>();

  /** Finds types in the database of a connection. */
  public TypeFinder(Connection jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns the type that a column may have by that name, if there is one. */
  Optional<PgType> find(String name) throws SQLException {
    Optional<PgType> known = found.get(name);
    if (known != null) {
      return known;
    }
    Optional<PgType> type = name.length() > NAME_CHARS_MAX ? Optional.empty() : ask(name);
    found.put(name, type);
    return type;
  }

  /** Returns why a column cannot have the type of a name that was not found, for people. */
  String whyNot(String name) {
    return unfit.getOrDefault(name, "does not exist here");
  }

  private Optional<PgType> ask(String name) throws SQLException {
    if (!PLAUSIBLE.matcher(name).matches() || name.contains("--")) {
      return Optional.empty();
    }
    Savepoint before = jdbc.setSavepoint();
    try (PreparedStatement statement = jdbc.prepareStatement(FIND)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? read(row, name) : Optional.empty();
      }
    } catch (SQLException notAName) {
      // Servers before 16 fail where later ones answer null. A lost connection fails here again.
      jdbc.rollback(before);
      return Optional.empty();
    } finally {
      if (!jdbc.isClosed()) {
        jdbc.releaseSavepoint(before);
      }
    }
  }

  /**
   * Pseudo-types cannot be columns; the row type of a table would tie the two tables together; a
   * {@code reg} type means an object that need not exist here.
   */
  private Optional<PgType> read(ResultSet row, String name) throws SQLException {
    String rowOf = row.getString("row_of");
    if (row.getBoolean("referring")) {
      unfit.put(name, "names things of the database that it comes from");
    } else if (row.getString("own_kind").equals("p")) {
      unfit.put(name, "cannot be a column's");
    } else if (rowOf != null && !rowOf.equals("c")) {
      unfit.put(name, "is that of a table's rows here, which would tie the two tables together");
    }
    if (unfit.containsKey(name)) {
      return Optional.empty();
    }
    PgType bare = CatalogTypes.read(row, sql(row, name));
    Matcher modifier = MODIFIER.matcher(name);
    if (row.getString("own_kind").equals("d") || !modifier.find()) {
      // The standard's `character` means one; PostgreSQL's own `bpchar` has no limit.
      boolean one = bare.family() == Family.CHAR && !name.equals("bpchar");
      return Optional.of(one ? PgType.character(1) : bare);
    }
    return Optional.of(modified(bare, modifier));
  }

  /** Returns the catalog's own spelling, with the modifier of the name. */
  private static String sql(ResultSet row, String name) throws SQLException {
    String canonical = row.getString("sql");
    int open = name.indexOf('(');
    int close = name.indexOf(')', open + 1);
    if (open < 0 || close < 0) {
      return canonical;
    }
    if (row.getBoolean("own_built_in")) {
      return name;
    }
    String array = canonical.endsWith("[]") ? "[]" : "";
    String item = canonical.substring(0, canonical.length() - array.length());
    return item + name.substring(open, close + 1) + array;
  }

  private static PgType modified(PgType bare, Matcher modifier) {
    int first = Integer.parseInt(modifier.group(1));
    return switch (bare.family()) {
      case VARCHAR, CHAR, TIME, TIMESTAMP, TIMESTAMPTZ, VECTOR ->
          new PgType(bare.sql(), bare.family(), first, 0);
      case NUMERIC ->
          new PgType(
              bare.sql(),
              bare.family(),
              first,
              modifier.group(2) == null ? 0 : Integer.parseInt(modifier.group(2)));
      default -> bare;
    };
  }
}
