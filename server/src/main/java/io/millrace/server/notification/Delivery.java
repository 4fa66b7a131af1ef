package io.millrace.server.notification;

import java.time.Instant;
import java.util.UUID;

/**
 * A message on its way to one receiver.
 *
 * @param id names it
 * @param kind how it is sent
 * @param target the URL or address; a secret
 * @param subject the subject of an e-mail
 * @param body what is posted or mailed
 * @param tries how often sending it was begun
 * @param notBefore it is sent no earlier
 * @param createdAt when there was something to tell
 */
record Delivery(
    UUID id,
    Kind kind,
    String target,
    String subject,
    String body,
    int tries,
    Instant notBefore,
    Instant createdAt) {
  /** How a message is sent. */
  enum Kind {
    WEBHOOK,
    EMAIL
  }

  static Delivery of(Kind kind, String target, String subject, String body, Instant now) {
    return new Delivery(UUID.randomUUID(), kind, target, subject, body, 0, now, now);
  }

  /** Returns it as begun once more, to be tried again no earlier than then. */
  Delivery begun(Instant again) {
    return new Delivery(id, kind, target, subject, body, tries + 1, again, createdAt);
  }

  @Override
  public String toString() {
    return kind + " " + id;
  }
}
