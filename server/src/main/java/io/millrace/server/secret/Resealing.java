package io.millrace.server.secret;

import io.millrace.spi.ConfigException;
import java.util.regex.Matcher;
import org.jdbi.v3.core.Handle;

/** Encrypts every secret of the store with the key of today. Belongs to one transaction. */
final class Resealing {
  private final Keyring keys;
  private final boolean forgetLost;
  private int sealed;
  private int lost;

  Resealing(Keyring keys, boolean forgetLost) {
    this.keys = keys;
    this.forgetLost = forgetLost;
  }

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
    SealedColumn.ALL.forEach(column -> column.cells(tx).forEach(cell -> reseal(tx, column, cell)));
  }

  private void reseal(Handle tx, SealedColumn column, SealedColumn.Cell cell) {
    String place =
        column.form() == SealedColumn.Form.TEXTS
            ? "an " + column.table()
            : column.table() + " " + cell.key();
    String value;
    try {
      value =
          column.isWhole(cell)
              ? envelope(place, cell.value())
              : inJson(place, column.form(), cell.value());
    } catch (LostException e) {
      // A row without it is of no use: it is made anew at the next start.
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

  private String inJson(String place, SealedColumn.Form form, String json) {
    Matcher matcher = form.pattern().matcher(json);
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
