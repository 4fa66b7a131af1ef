package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.postgres.connect.PgConnections;
import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.connectors.postgres.connect.PgSettings;
import io.millrace.connectors.postgres.connect.SslMode;
import io.millrace.connectors.postgres.connect.TunnelMethod;
import io.millrace.spi.config.Secret;
import io.millrace.testkit.servers.PostgresServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PulseTest {
  private static final Duration EVERY = Duration.ofMillis(30);

  @Test
  void beatsWhileAStatementRuns() throws Exception {
    CountDownLatch beaten = new CountDownLatch(3);
    try (PgConnections connections = connections();
        PgSession session = connections.open();
        Pulse pulse = new Pulse(connections, session, beaten::countDown, EVERY)) {
      Thread statement = Thread.ofVirtual().start(() -> run(session, "SELECT pg_sleep(1000)"));
      assertThat(beaten.await(30, TimeUnit.SECONDS)).isTrue();
      session.abort();
      statement.join();
      assertThat(pulse).isNotNull();
    }
  }

  /** Waiting for somebody else's lock is no work; a stuck publication is found by that. */
  @Test
  void doesNotBeatWhileAStatementWaitsForALock() throws Exception {
    AtomicInteger beats = new AtomicInteger();
    try (PgConnections connections = connections();
        PgSession holder = connections.open();
        PgSession watcher = connections.open();
        PgSession session = connections.open()) {
      holder.execute("lock", "SELECT pg_advisory_lock(4711)");
      Thread statement =
          Thread.ofVirtual().start(() -> run(session, "SELECT pg_advisory_lock(4711)"));
      awaitLockWait(watcher);
      try (Pulse pulse = new Pulse(connections, session, beats::incrementAndGet, EVERY)) {
        Thread.sleep(EVERY.multipliedBy(10));
        assertThat(pulse).isNotNull();
      }
      assertThat(beats).hasValue(0);
      session.abort();
      statement.join();
    }
  }

  private static void awaitLockWait(PgSession watcher) throws InterruptedException {
    String sql = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    while (!watcher.call("look", jdbc -> jdbc.createStatement().executeQuery(sql).next())) {
      Thread.sleep(EVERY);
    }
  }

  private static void run(PgSession session, String sql) {
    try {
      session.execute("run", sql);
    } catch (InterruptedException | RuntimeException e) {
      // The session is broken at the end of the test.
    }
  }

  private static PgConnections connections() {
    return new PgConnections(
        new PgSettings(
            PostgresServer.HOST,
            PostgresServer.shared().port(),
            "postgres",
            PostgresServer.USER,
            Optional.of(new Secret("none")),
            new SslMode.Prefer(),
            Optional.empty(),
            new TunnelMethod.NoTunnel()),
        5);
  }
}
