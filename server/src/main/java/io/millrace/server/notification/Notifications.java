package io.millrace.server.notification;

import io.millrace.server.store.Database;
import io.millrace.server.store.TextSeal;
import io.millrace.server.workspace.Workspace;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tells messages to those who want them: whoever has something to tell does not wait for a
 * receiver. Thread-safe.
 *
 * <p>A message is written into the store, in the transaction that does what it tells, so a kill at
 * any moment loses none; one whose delivery it interrupted may arrive twice. An alert that the
 * store cannot take, as on a full disk, is kept in memory and sent all the same.
 */
public final class Notifications implements AutoCloseable {
  private static final String TEXT_ONLY_HOST = "chat.googleapis.com";
  private static final String TEST = "[THIS IS A TEST NOTIFICATION] ";

  private final Webhook webhook;
  private final @Nullable Mailer mailer;
  private final Clock clock;
  private final TextSeal seal;
  private final Sender sender;

  /** Makes it; what an earlier process left is sent, too. */
  public Notifications(
      NotificationSettings settings, Database database, TextSeal seal, Clock clock) {
    this.webhook = new Webhook(settings.timeout());
    this.mailer = settings.smtp() == null ? null : new Mailer(settings.smtp(), settings.timeout());
    this.clock = clock;
    this.seal = seal;
    this.sender = new Sender(settings, database, new Outbox(seal), this::send, clock);
  }

  /**
   * Tells a message to whom the workspace's settings name, once the transaction is committed.
   *
   * @param failuresInARow how many jobs of the connection failed one after the other; 1 for
   *     triggers that are no failures
   */
  public void tell(Handle tx, Workspace workspace, Message message, int failuresInARow) {
    Recipients recipients = Recipients.of(workspace, message.trigger(), failuresInARow, seal);
    Instant now = clock.instant();
    List<Delivery> deliveries = new ArrayList<>();
    if (recipients.webhook() != null) {
      String url = recipients.webhook();
      String body = SlackBody.of(message, textOnly(url), "").toString();
      deliveries.add(Delivery.of(Delivery.Kind.WEBHOOK, url, subject(message), body, now));
    }
    if (recipients.email() != null && mailer != null) {
      String text = SlackBody.text(message);
      deliveries.add(
          Delivery.of(Delivery.Kind.EMAIL, recipients.email(), subject(message), text, now));
    }
    sender.add(tx, deliveries);
  }

  /**
   * Tells something about the whole server to whom the workspace's settings name for failures.
   *
   * @param title what it is about
   * @param sentence what is the matter
   */
  public void alert(Workspace workspace, String title, String sentence) {
    Recipients recipients = Recipients.of(workspace, Trigger.SYNC_FAILURE, Integer.MAX_VALUE, seal);
    Instant now = clock.instant();
    List<Delivery> deliveries = new ArrayList<>();
    if (recipients.webhook() != null) {
      String url = recipients.webhook();
      String body = SlackBody.of(title, sentence, textOnly(url)).toString();
      deliveries.add(Delivery.of(Delivery.Kind.WEBHOOK, url, title, body, now));
    }
    if (recipients.email() != null && mailer != null) {
      deliveries.add(Delivery.of(Delivery.Kind.EMAIL, recipients.email(), title, sentence, now));
    }
    sender.add(deliveries);
  }

  /**
   * Sends a test message to a webhook, once, and waits for the answer.
   *
   * @throws ConnectorException when it did not arrive; the sentence says why
   */
  public void test(String url, Message message) throws InterruptedException {
    webhook.post(url, SlackBody.of(message, textOnly(url), TEST));
  }

  /**
   * Sends a test message to an address, once.
   *
   * @throws ConnectorException when it did not arrive, or no mail server is configured
   */
  public void testMail(String address, Message message) {
    mailer().send(address, TEST + subject(message), SlackBody.text(message));
  }

  /** Ends; what is not delivered waits in the store for the next start. */
  @Override
  public void close() {
    sender.close();
    webhook.close();
  }

  private void send(Delivery delivery) throws InterruptedException {
    switch (delivery.kind()) {
      case WEBHOOK -> webhook.post(delivery.target(), delivery.body(), Map.of());
      case EMAIL -> mailer().send(delivery.target(), delivery.subject(), delivery.body());
    }
  }

  private Mailer mailer() {
    if (mailer == null) {
      throw new ConfigException(
          "mail_server",
          "No mail server is configured; set MILLRACE_SMTP_HOST and its companions.");
    }
    return mailer;
  }

  private static String subject(Message message) {
    return message.trigger().title() + ": " + message.connection().name();
  }

  private static boolean textOnly(String url) {
    try {
      return TEXT_ONLY_HOST.equals(URI.create(url).getHost());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
