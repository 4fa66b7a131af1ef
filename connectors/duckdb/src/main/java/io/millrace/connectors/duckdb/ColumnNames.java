package io.millrace.connectors.duckdb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Gives fields whose names DuckDB would take for one the names of distinct columns. */
final class ColumnNames {
  private static final int HASH_HEX_DIGITS = 8;

  private ColumnNames() {}

  /**
   * Returns a column name for each field name, in the same order. A name that no other field shares
   * stays as it is. Of those that differ only in the case of ASCII letters, the one the table has
   * already stays, else the one in lower case, if any; the others get a hash of their exact name,
   * so the answer does not depend on the order of fields.
   *
   * @param existing the columns the table has
   */
  static List<String> distinct(List<String> fields, List<String> existing) {
    Map<String, Integer> shared = new HashMap<>();
    fields.forEach(field -> shared.merge(Sql.fold(plain(field)), 1, Integer::sum));
    Map<String, String> holders = new HashMap<>();
    existing.forEach(column -> holders.put(Sql.fold(column), column));
    List<String> names = new ArrayList<>(fields.size());
    for (String field : fields) {
      String folded = Sql.fold(plain(field));
      boolean stays = field.equals(plain(field)) && shared.getOrDefault(folded, 0) == 1;
      boolean holds = field.equals(keeper(folded, fields, holders));
      names.add(stays || holds ? field : plain(field) + "_" + hash(field));
    }
    return names;
  }

  private static String keeper(String folded, List<String> fields, Map<String, String> holders) {
    String existing = holders.get(folded);
    if (existing != null && fields.contains(existing)) {
      return existing;
    }
    return folded;
  }

  /** DuckDB has no empty names and no NUL in them. */
  private static String plain(String field) {
    return field.isEmpty() ? "_" : field.replace('\0', '_');
  }

  /** Returns a short stable hash of a text. */
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_HEX_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
