package io.millrace.server.notification;

import io.millrace.server.store.Rows;
import io.millrace.server.store.TextSeal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The deliveries in the store. Stateless but for the key of secrets. */
final class Outbox {
  private final TextSeal seal;

  Outbox(TextSeal seal) {
    this.seal = seal;
  }

  void add(Handle tx, Delivery delivery) {
    tx.execute(
        "INSERT INTO notification (id, kind, target, subject, body, tries, not_before, created_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        delivery.id().toString(),
        delivery.kind().name().toLowerCase(Locale.ROOT),
        seal.seal(delivery.target()),
        delivery.subject(),
        delivery.body(),
        delivery.tries(),
        delivery.notBefore().toEpochMilli(),
        delivery.createdAt().toEpochMilli());
  }

  long count(Handle tx) {
    return tx.createQuery("SELECT count(*) FROM notification").mapTo(Long.class).one();
  }

  /** Returns those whose time has come, the oldest first, at most so many. */
  List<Delivery> due(Handle tx, Instant now, int limit) {
    return tx.createQuery(
            "SELECT * FROM notification WHERE not_before <= :now"
                + " ORDER BY created_at, id LIMIT :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns when the next one's time comes; the end of time if there is none. */
  Instant next(Handle tx) {
    return tx.createQuery("SELECT min(not_before) FROM notification")
        .map(
            (row, context) -> {
              long millis = row.getLong(1);
              return row.wasNull() ? Instant.MAX : Instant.ofEpochMilli(millis);
            })
        .one();
  }

  /**
   * Counts a try before it begins, and keeps others from it until then; tells whether nobody else
   * was faster.
   */
  boolean begin(Handle tx, Delivery delivery, Instant until) {
    return tx.execute(
            "UPDATE notification SET tries = tries + 1, not_before = ?"
                + " WHERE id = ? AND not_before = ?",
            until.toEpochMilli(),
            delivery.id().toString(),
            delivery.notBefore().toEpochMilli())
        == 1;
  }

  void again(Handle tx, UUID id, Instant notBefore) {
    tx.execute(
        "UPDATE notification SET not_before = ? WHERE id = ?",
        notBefore.toEpochMilli(),
        id.toString());
  }

  void remove(Handle tx, UUID id) {
    tx.execute("DELETE FROM notification WHERE id = ?", id.toString());
  }

  /** Removes those that are too old to be of use; returns how many. */
  int forget(Handle tx, Instant before) {
    return tx.execute("DELETE FROM notification WHERE created_at < ?", before.toEpochMilli());
  }

  private Delivery read(ResultSet row) throws SQLException {
    return new Delivery(
        UUID.fromString(row.getString("id")),
        Delivery.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        seal.open(row.getString("target")),
        row.getString("subject"),
        row.getString("body"),
        row.getInt("tries"),
        Rows.instant(row, "not_before"),
        Rows.instant(row, "created_at"));
  }
}
