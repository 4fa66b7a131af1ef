package io.millrace.server.secret;

import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * A column that holds encrypted values.
 *
 * @param key what tells a row from the others, as SQL
 * @param form how they stand in it
 */
record SealedColumn(String table, String key, String value, Form form) {
  /** Every one there is. */
  static final List<SealedColumn> ALL =
      List.of(
          new SealedColumn("setting", "name", "value", Form.WHOLE),
          new SealedColumn("application", "id", "client_secret", Form.WHOLE),
          new SealedColumn("notification", "id", "target", Form.WHOLE),
          new SealedColumn("actor", "id", "configuration", Form.OBJECTS),
          new SealedColumn("actor", "id", "details", Form.OBJECTS),
          new SealedColumn("workspace", "id", "details", Form.OBJECTS),
          new SealedColumn("connection", "id", "details", Form.OBJECTS),
          new SealedColumn(
              "connection_stream", "connection_id || ' ' || position", "config", Form.OBJECTS),
          // No two of these are equal, as an encrypted text is different each time.
          new SealedColumn("action", "settings", "settings", Form.TEXTS),
          new SealedColumn("action_run", "settings", "settings", Form.TEXTS));

  private static final String ENVELOPE = "\"(v1:[0-9a-f]{8}:[A-Za-z0-9+/]+={0,2})\"";

  /** How encrypted values stand in a column. */
  enum Form {
    /** The whole text, or a text within JSON. */
    WHOLE(Pattern.compile(ENVELOPE)),
    /** Objects within JSON. */
    OBJECTS(Pattern.compile("\\{\"" + Sealed.KEY + "\":" + ENVELOPE + "\\}")),
    /** Texts within JSON. */
    TEXTS(Pattern.compile(ENVELOPE));

    private final Pattern pattern;

    Form(Pattern pattern) {
      this.pattern = pattern;
    }

    /** Finds an envelope within JSON, as its first group. */
    Pattern pattern() {
      return pattern;
    }

    /** Returns an envelope as {@link #pattern} finds it. */
    String write(String envelope) {
      return this == OBJECTS ? Sealed.of(envelope).toString() : "\"" + envelope + "\"";
    }
  }

  /** A row's value. */
  record Cell(String key, String value) {}

  /** Returns the rows that may hold encrypted values. */
  List<Cell> cells(Handle tx) {
    return tx.createQuery(
            "SELECT %s, %s FROM %s WHERE %s LIKE '%%v1:%%'".formatted(key, value, table, value))
        .map((row, context) -> new Cell(row.getString(1), row.getString(2)))
        .list();
  }

  /** Tells whether the whole value is an envelope. */
  boolean isWhole(Cell cell) {
    return form == Form.WHOLE && Envelope.read(cell.value()).isPresent();
  }
}
