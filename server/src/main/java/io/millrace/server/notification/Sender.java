package io.millrace.server.notification;

import io.millrace.server.store.Database;
import io.millrace.spi.ConfigException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is in the outbox, the oldest first, from a thread of its own. Thread-safe. */
final class Sender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  /** The store is looked at so often even when nobody adds anything. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  /** After a failure of the store itself. */
  private static final Duration STORE_WAIT = Duration.ofSeconds(5);

  private static final Duration STOP_MAX = Duration.ofSeconds(2);
  private static final int ROUND_MAX = 100;

  /** Sends once. */
  interface Transport {
    void send(Delivery delivery) throws InterruptedException;
  }

  private final NotificationSettings settings;
  private final Database database;
  private final Outbox outbox;
  private final Transport transport;
  private final Clock clock;
  private final Semaphore added = new Semaphore(1);
  private final Deque<Delivery> unstored = new ArrayDeque<>();
  private final Thread thread;

  Sender(
      NotificationSettings settings,
      Database database,
      Outbox outbox,
      Transport transport,
      Clock clock) {
    this.settings = settings;
    this.database = database;
    this.outbox = outbox;
    this.transport = transport;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("notifications").start(this::run);
  }

  /** Takes deliveries over; never throws. */
  void add(List<Delivery> deliveries) {
    for (Delivery delivery : deliveries) {
      try {
        database.change(tx -> store(tx, delivery));
      } catch (RuntimeException e) {
        keepInMemory(delivery, e);
      }
    }
    added.release();
  }

  /** Takes deliveries over that are sent once the transaction is committed. */
  void add(Handle tx, List<Delivery> deliveries) {
    deliveries.forEach(delivery -> store(tx, delivery));
    tx.afterCommit(added::release);
  }

  private void store(Handle tx, Delivery delivery) {
    if (outbox.count(tx) < settings.queueMax()) {
      outbox.add(tx, delivery);
    } else {
      LOG.atWarn().addKeyValue("waiting", settings.queueMax()).log("notification_dropped");
    }
  }

  private void keepInMemory(Delivery delivery, RuntimeException why) {
    LOG.atWarn().setCause(why).log("notification_not_stored");
    synchronized (unstored) {
      if (unstored.size() < settings.queueMax()) {
        unstored.add(delivery);
      } else {
        LOG.atWarn().addKeyValue("waiting", unstored.size()).log("notification_dropped");
      }
    }
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        Duration wait = round();
        if (added.tryAcquire(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS)) {
          added.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("notifications_ended");
    }
  }

  /** Sends what is due; returns how long until there may be more. */
  private Duration round() throws InterruptedException {
    Instant next = sendUnstored();
    try {
      Instant now = clock.instant();
      int old = database.write(tx -> outbox.forget(tx, now.minus(settings.keep())));
      if (old > 0) {
        LOG.atWarn().addKeyValue("notifications", old).log("notifications_too_old");
      }
      for (Delivery delivery : database.read(tx -> outbox.due(tx, now, ROUND_MAX))) {
        sendStored(delivery);
      }
      Instant due = database.read(outbox::next);
      next = due.isBefore(next) ? due : next;
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("notifications_not_read");
      Instant again = clock.instant().plus(STORE_WAIT);
      next = again.isBefore(next) ? again : next;
    }
    Instant latest = clock.instant().plus(LOOK);
    return Duration.between(clock.instant(), next.isBefore(latest) ? next : latest);
  }

  private void sendStored(Delivery delivery) throws InterruptedException {
    Instant until = clock.instant().plus(settings.timeout().multipliedBy(3));
    if (!database.write(tx -> outbox.begin(tx, delivery, until))) {
      return;
    }
    @Nullable Delivery left = sent(delivery);
    database.change(
        tx -> {
          if (left == null) {
            outbox.remove(tx, delivery.id());
          } else {
            outbox.again(tx, left.id(), left.notBefore());
          }
        });
  }

  /** Sends what only memory holds; returns when there is something to do again. */
  private Instant sendUnstored() throws InterruptedException {
    Instant next = Instant.MAX;
    int count;
    synchronized (unstored) {
      count = unstored.size();
    }
    for (int i = 0; i < count; i++) {
      Delivery delivery;
      synchronized (unstored) {
        delivery = unstored.removeFirst();
      }
      @Nullable Delivery left =
          delivery.notBefore().isAfter(clock.instant()) ? delivery : sent(delivery);
      if (left != null) {
        next = left.notBefore().isBefore(next) ? left.notBefore() : next;
        synchronized (unstored) {
          unstored.addLast(left);
        }
      }
    }
    return next;
  }

  /** Sends once; returns what is to be tried again, or null when it is over. */
  private @Nullable Delivery sent(Delivery delivery) throws InterruptedException {
    int tries = delivery.tries() + 1;
    try {
      transport.send(delivery);
      return null;
    } catch (ConfigException e) {
      LOG.atWarn().addKeyValue("reason", e.userMessage()).log("notification_refused");
      return null;
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("attempt", tries)
          .addKeyValue("reason", e.getMessage())
          .log("notification_failed");
    }
    if (tries >= settings.tries()) {
      LOG.atWarn().addKeyValue("attempts", tries).log("notification_given_up");
      return null;
    }
    return delivery.begun(clock.instant().plus(settings.wait(tries)));
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      boolean ignored = thread.join(STOP_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
