package io.millrace.server.secret;

import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Encrypts every secret of the store with the key of today. Belongs to one transaction. */
final class Resealing {
  /** Every column that holds encrypted values, as its whole text or within JSON. */
  private static final List<Column> COLUMNS =
      List.of(
          new Column("setting", "name", "value", Form.WHOLE),
          new Column("application", "id", "client_secret", Form.WHOLE),
          new Column("notification", "id", "target", Form.WHOLE),
          new Column("actor", "id", "configuration", Form.OBJECTS),
          new Column("actor", "id", "details", Form.OBJECTS),
          new Column("workspace", "id", "details", Form.OBJECTS),
          new Column("connection", "id", "details", Form.OBJECTS),
          new Column(
              "connection_stream", "connection_id || ' ' || position", "config", Form.OBJECTS),
          // No two of these are equal, as an encrypted text is different each time.
          new Column("action", "settings", "settings", Form.TEXTS),
          new Column("action_run", "settings", "settings", Form.TEXTS));

  private static final String ENVELOPE = "\"(v1:[0-9a-f]{8}:[A-Za-z0-9+/]+={0,2})\"";

  /** How encrypted values stand in a column. */
  private enum Form {
    /** The whole text. A row without it is of no use: it is made anew at the next start. */
    WHOLE(Pattern.compile(ENVELOPE)),
    /** Objects within JSON. */
    OBJECTS(Pattern.compile("\\{\"" + Sealed.KEY + "\":" + ENVELOPE + "\\}")),
    /** Texts within JSON. */
    TEXTS(Pattern.compile(ENVELOPE));

    private final Pattern pattern;

    Form(Pattern pattern) {
      this.pattern = pattern;
    }

    String write(String envelope) {
      return this == OBJECTS ? Sealed.of(envelope).toString() : "\"" + envelope + "\"";
    }
  }

  private final Keyring keys;
  private final boolean forgetLost;
  private int sealed;
  private int lost;

  Resealing(Keyring keys, boolean forgetLost) {
    this.keys = keys;
    this.forgetLost = forgetLost;
  }

  /**
   * @param key what tells a row from the others, as SQL
   */
  private record Column(String table, String key, String value, Form form) {}

  private record Cell(String key, String value) {}

  /** A value that no key opens. */
  private static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostException() {
      super(null, null, false, false);
    }
  }

  int sealed() {
    return sealed;
  }

  int lost() {
    return lost;
  }

  void run(Handle tx) {
    COLUMNS.forEach(column -> cells(tx, column).forEach(cell -> reseal(tx, column, cell)));
  }

  private static List<Cell> cells(Handle tx, Column column) {
    return tx.createQuery(
            "SELECT %s, %s FROM %s WHERE %s LIKE '%%v1:%%'"
                .formatted(column.key(), column.value(), column.table(), column.value()))
        .map((row, context) -> new Cell(row.getString(1), row.getString(2)))
        .list();
  }

  private void reseal(Handle tx, Column column, Cell cell) {
    String place =
        column.form() == Form.TEXTS ? "an " + column.table() : column.table() + " " + cell.key();
    String value;
    try {
      value =
          column.form() == Form.WHOLE && Envelope.read(cell.value()).isPresent()
              ? envelope(place, cell.value())
              : inJson(place, column.form(), cell.value());
    } catch (LostException e) {
      tx.createUpdate("DELETE FROM %s WHERE %s = :key".formatted(column.table(), column.key()))
          .bind("key", cell.key())
          .execute();
      return;
    }
    tx.createUpdate(
            "UPDATE %s SET %s = :value WHERE %s = :key"
                .formatted(column.table(), column.value(), column.key()))
        .bind("value", value)
        .bind("key", cell.key())
        .execute();
  }

  private String inJson(String place, Form form, String json) {
    Matcher matcher = form.pattern.matcher(json);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String replacement;
      try {
        replacement = form.write(envelope(place, matcher.group(1)));
      } catch (LostException e) {
        replacement = "\"\"";
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(text).toString();
  }

  private String envelope(String place, String envelope) {
    byte[] plain;
    try {
      plain = keys.open(envelope);
    } catch (ConfigException e) {
      if (forgetLost) {
        lost++;
        throw new LostException();
      }
      throw new ConfigException(
          e.code(),
          "Nothing was changed: "
              + place
              + " holds a secret that cannot be opened. "
              + e.userMessage()
              + " --forget-lost empties such secrets.");
    }
    sealed++;
    return keys.seal(plain);
  }
}
