package io.millrace.server.auth;

import io.millrace.server.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The sign-ins of browsers. The store knows hashes of their tokens. Thread-safe. */
final class Sessions {
  /** A session ends so long after it was begun or renewed. */
  static final Duration LIFE = Duration.ofHours(12);

  private static final Duration WHOLE_LIFE_MAX = Duration.ofDays(30);
  private static final int SESSIONS_MAX = 1000;
  private static final int TOKEN_CHARS = 43;

  private final Database database;
  private final Clock clock;

  Sessions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Begins a session and returns its token. */
  String begin() {
    return database.write(this::begin);
  }

  String begin(Handle tx) {
    Instant now = clock.instant();
    String token = RandomText.letters(TOKEN_CHARS);
    tx.createUpdate("DELETE FROM login_session WHERE expires_at <= :now")
        .bind("now", now.toEpochMilli())
        .execute();
    tx.createUpdate(
            "DELETE FROM login_session WHERE token_hash IN (SELECT token_hash FROM login_session"
                + " ORDER BY expires_at DESC LIMIT 1000000 OFFSET :kept)")
        .bind("kept", SESSIONS_MAX - 1)
        .execute();
    tx.createUpdate(
            "INSERT INTO login_session (token_hash, signed_in_at, expires_at)"
                + " VALUES (:hash, :now, :end)")
        .bind("hash", RandomText.hash(token))
        .bind("now", now.toEpochMilli())
        .bind("end", now.plus(LIFE).toEpochMilli())
        .execute();
    return token;
  }

  /** Tells whether a token's session goes on. */
  boolean lives(String token) {
    return database.read(
        tx ->
            tx.createQuery(
                        "SELECT count(*) FROM login_session"
                            + " WHERE token_hash = :hash AND expires_at > :now")
                    .bind("hash", RandomText.hash(token))
                    .bind("now", clock.millis())
                    .mapTo(Integer.class)
                    .one()
                > 0);
  }

  /** Makes a session last longer; false when it has ended or is too old for it. */
  boolean renew(String token) {
    Instant now = clock.instant();
    return database.write(
        tx ->
            tx.createUpdate(
                        "UPDATE login_session SET expires_at = :end WHERE token_hash = :hash"
                            + " AND expires_at > :now AND signed_in_at > :oldest")
                    .bind("end", now.plus(LIFE).toEpochMilli())
                    .bind("hash", RandomText.hash(token))
                    .bind("now", now.toEpochMilli())
                    .bind("oldest", now.minus(WHOLE_LIFE_MAX).toEpochMilli())
                    .execute()
                > 0);
  }

  void end(String token) {
    database.change(
        tx ->
            tx.createUpdate("DELETE FROM login_session WHERE token_hash = :hash")
                .bind("hash", RandomText.hash(token))
                .execute());
  }

  void endAll(Handle tx) {
    tx.execute("DELETE FROM login_session");
  }
}
