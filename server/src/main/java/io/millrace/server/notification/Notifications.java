package io.millrace.server.notification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.workspace.Workspace;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.net.URI;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to those who want them, in order, from a thread of its own: whoever has something
 * to tell does not wait. Thread-safe. What was not delivered when the server stops is lost.
 */
public final class Notifications implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
  private static final String TEXT_ONLY_HOST = "chat.googleapis.com";
  private static final String TEST = "[THIS IS A TEST NOTIFICATION] ";

  private final NotificationSettings settings;
  private final BlockingQueue<Delivery> queue;
  private final Webhook webhook;
  private final @Nullable Mailer mailer;
  private final Thread sender;

  /** Starts the sending. */
  public Notifications(NotificationSettings settings) {
    this.settings = settings;
    this.queue = new ArrayBlockingQueue<>(settings.queueMax());
    this.webhook = new Webhook(settings.timeout());
    this.mailer = settings.smtp() == null ? null : new Mailer(settings.smtp(), settings.timeout());
    this.sender = Thread.ofVirtual().name("notifications").start(this::run);
  }

  /**
   * Tells a message to whom the workspace's settings name.
   *
   * @param failuresInARow how many jobs of the connection failed one after the other; 1 for
   *     triggers that are no failures
   */
  public void tell(Workspace workspace, Message message, int failuresInARow) {
    Recipients recipients = Recipients.of(workspace, message.trigger(), failuresInARow);
    if (recipients.webhook() != null) {
      enqueue(new Delivery.ToWebhook(recipients.webhook(), message));
    }
    if (recipients.email() != null && mailer != null) {
      enqueue(new Delivery.ToAddress(recipients.email(), message));
    }
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
    if (mailer == null) {
      throw new ConfigException(
          "mail_server",
          "No mail server is configured; set MILLRACE_SMTP_HOST and its companions.");
    }
    mailer.send(address, TEST + subject(message), SlackBody.text(message));
  }

  @Override
  public void close() {
    sender.interrupt();
    webhook.close();
  }

  private void enqueue(Delivery delivery) {
    if (!queue.offer(delivery)) {
      LOG.atWarn().addKeyValue("waiting", queue.size()).log("notification_dropped");
    }
  }

  private void run() {
    try {
      while (true) {
        deliver(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Delivery delivery) throws InterruptedException {
    long wait = settings.firstWait().toMillis();
    for (int attempt = 1; attempt <= settings.tries(); attempt++) {
      try {
        send(delivery);
        return;
      } catch (ConfigException e) {
        LOG.atWarn().addKeyValue("reason", e.userMessage()).log("notification_refused");
        return;
      } catch (RuntimeException e) {
        LOG.atWarn()
            .addKeyValue("attempt", attempt)
            .addKeyValue("reason", e.getMessage())
            .log("notification_failed");
      }
      if (attempt < settings.tries()) {
        Thread.sleep(wait);
        wait *= 2;
      }
    }
  }

  private void send(Delivery delivery) throws InterruptedException {
    switch (delivery) {
      case Delivery.ToWebhook to -> {
        ObjectNode body = SlackBody.of(to.message(), textOnly(to.url()), "");
        webhook.post(to.url(), body);
      }
      case Delivery.ToAddress to -> {
        if (mailer != null) {
          mailer.send(to.address(), subject(to.message()), SlackBody.text(to.message()));
        }
      }
    }
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

  private sealed interface Delivery {
    record ToWebhook(String url, Message message) implements Delivery {}

    record ToAddress(String address, Message message) implements Delivery {}
  }
}
