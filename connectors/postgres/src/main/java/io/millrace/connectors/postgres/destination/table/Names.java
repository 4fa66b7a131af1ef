package io.millrace.connectors.postgres.destination.table;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * Makes names that PostgreSQL keeps whole. A name it can keep stays as it is, letter by letter; any
 * other is changed and ends with a hash of the whole, so that different names stay different. Every
 * method is idempotent.
 */
public final class Names {
  /** Names that begin so are ours; a name from outside that does is changed. */
  public static final String RESERVED_PREFIX = "_millrace";

  private static final int HASH_BYTES = 4;
  private static final int SUFFIX_BYTES = 1 + 2 * HASH_BYTES;

  /** Names of the columns that every table has by itself. */
  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("tableoid", "ctid", "xmin", "cmin", "xmax", "cmax", "oid");

  private Names() {}

  /** Returns the name of a schema or table. */
  public static String relation(String wanted) {
    return isTakenAsIs(wanted) ? wanted : hashed(wanted, wanted);
  }

  /** Returns the name of a column. */
  public static String column(String wanted) {
    boolean good = isTakenAsIs(wanted) && !SYSTEM_COLUMNS.contains(wanted);
    return good ? wanted : hashed(wanted, wanted);
  }

  /**
   * Returns a name for {@code wanted} that ends with a hash.
   *
   * @param hashedText what the hash is of
   */
  static String hashed(String wanted, String hashedText) {
    String clean = clean(wanted);
    if (clean.isEmpty()) {
      clean = "unnamed";
    }
    if (clean.toLowerCase(Locale.ROOT).startsWith(RESERVED_PREFIX)) {
      clean = "x" + clean;
    }
    return cut(clean, PgIdentifiers.NAME_BYTES_MAX - SUFFIX_BYTES) + "_" + hash(hashedText);
  }

  /** Returns eight hex digits that stand for a text. */
  public static String hash(String text) {
    return hash(text, HASH_BYTES);
  }

  /** Returns sixteen hex digits that stand for a text: enough where chance must play no part. */
  public static String longHash(String text) {
    return hash(text, 2 * HASH_BYTES);
  }

  private static String hash(String text, int bytes) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16BE));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
    }
  }

  /** Cuts a text to a number of UTF-8 bytes, between code points. */
  static String cut(String text, int bytesMax) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      bytes += utf8Length(codePoint);
      if (bytes > bytesMax) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return text.substring(0, end);
  }

  private static boolean isTakenAsIs(String name) {
    return !name.isEmpty()
        && name.equals(clean(name))
        && !name.toLowerCase(Locale.ROOT).startsWith(RESERVED_PREFIX)
        && PgIdentifiers.fits(name);
  }

  /** Takes out what no identifier can hold: NUL, and halves of surrogate pairs. */
  private static String clean(String name) {
    StringBuilder clean = new StringBuilder(name.length());
    name.codePoints()
        .filter(point -> point != 0 && Character.getType(point) != Character.SURROGATE)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static int utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
