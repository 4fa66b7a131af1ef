package io.millrace.connectors.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.TransientException;
import io.millrace.spi.config.Secret;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PgConnectionsTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  @Test
  void aSessionPrintsValuesExactly() throws Exception {
    try (PgConnections connections = new PgConnections(local("postgres"), 1);
        PgSession session = connections.open()) {
      assertThat(session.serverVersion()).isEqualTo(SERVER.majorVersion());
      assertThat(show(session, "timezone")).isEqualTo("UTC");
      assertThat(show(session, "intervalstyle")).isEqualTo("postgres");
      assertThat(show(session, "bytea_output")).isEqualTo("hex");
      assertThat(show(session, "datestyle")).startsWith("ISO");
      assertThat(show(session, "application_name")).isEqualTo("millrace");
      if (SERVER.majorVersion() >= 14) {
        assertThat(show(session, "client_connection_check_interval")).isEqualTo("10s");
      }
    }
  }

  @Test
  void moneyHasOneFormWhateverTheServersLocale() throws Exception {
    String database = SERVER.newDatabase();
    SERVER.execute("postgres", "ALTER DATABASE " + database + " SET lc_monetary = 'POSIX'");
    try (PgConnections connections = new PgConnections(local(database), 1);
        PgSession session = connections.open()) {
      assertThat(show(session, "lc_monetary")).isEqualTo("C");
    }
  }

  @Test
  void aFreedSlotIsGivenAgain() throws Exception {
    try (PgConnections connections = new PgConnections(local("postgres"), 1)) {
      for (int i = 0; i < 3; i++) {
        connections.open().close();
      }
      assertThatThrownBy(() -> new PgConnections(local("nowhere"), 1).open())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("database \"nowhere\" does not exist");
      connections.open().abort();
      connections.open().close();
    }
  }

  @Test
  void failuresAreSortedByWhoActs() throws Exception {
    assertThatThrownBy(() -> open(settings("host.invalid", SERVER.port(), "postgres")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Check `host`");
    assertThatThrownBy(() -> open(settings(PostgresServer.HOST, unusedPort(), "postgres")))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("Nothing answers");
    assertThatThrownBy(() -> open(settings("a,b", 1, "postgres")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("one server");
  }

  @Test
  @Timeout(20)
  void anInterruptEndsAWaitOfAnyThread() throws Exception {
    assertThat(interruptedWait(Thread.ofPlatform())).isInstanceOf(InterruptedException.class);
    assertThat(interruptedWait(Thread.ofVirtual())).isInstanceOf(InterruptedException.class);
  }

  @Test
  @Timeout(20)
  void closingFromAnotherThreadEndsAWait() throws Exception {
    PgConnections connections = new PgConnections(local("postgres"), 1);
    AtomicReference<Throwable> seen = new AtomicReference<>();
    Thread waiting = sleeper(Thread.ofPlatform(), connections, seen, new CountDownLatch(1));
    connections.close();
    waiting.join();
    assertThat(seen.get()).isInstanceOf(TransientException.class);
    assertNobodySleeps();
  }

  private static Throwable interruptedWait(Thread.Builder kind) throws Exception {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    try (PgConnections connections = new PgConnections(local("postgres"), 1)) {
      Thread waiting = sleeper(kind, connections, seen, new CountDownLatch(1));
      waiting.interrupt();
      waiting.join();
    }
    return seen.get();
  }

  private static Thread sleeper(
      Thread.Builder kind,
      PgConnections connections,
      AtomicReference<Throwable> seen,
      CountDownLatch started)
      throws InterruptedException {
    Thread thread =
        kind.start(
            () -> {
              try (PgSession session = connections.open()) {
                started.countDown();
                session.execute("sleep", "SELECT pg_sleep(600)");
              } catch (InterruptedException | RuntimeException failure) {
                seen.set(failure);
              }
            });
    started.await();
    Thread.sleep(Duration.ofMillis(200));
    return thread;
  }

  private static void assertNobodySleeps() throws Exception {
    try (PgConnections connections = new PgConnections(local("postgres"), 1);
        PgSession session = connections.open()) {
      String sleeping =
          "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(600%'"
              + " AND state = 'active'";
      for (int i = 0; i < 50 && !"0".equals(one(session, sleeping)); i++) {
        Thread.sleep(100);
      }
      assertThat(one(session, sleeping)).isEqualTo("0");
    }
  }

  private static void open(PgSettings settings) throws InterruptedException {
    try (PgConnections connections = new PgConnections(settings, 1)) {
      connections.open().close();
    }
  }

  private static String show(PgSession session, String setting) throws Exception {
    return one(session, "SHOW " + setting);
  }

  private static String one(PgSession session, String sql) throws Exception {
    return session.call(
        "ask",
        jdbc -> {
          try (Statement statement = jdbc.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
          }
        });
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static PgSettings local(String database) {
    return settings(PostgresServer.HOST, SERVER.port(), database);
  }

  private static PgSettings settings(String host, int port, String database) {
    return new PgSettings(
        host,
        port,
        database,
        PostgresServer.USER,
        Optional.of(new Secret("geheim")),
        new SslMode.Prefer(),
        Optional.empty(),
        new TunnelMethod.NoTunnel());
  }
}
