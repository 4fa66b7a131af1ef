package io.millrace.server.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.TestStore;
import io.millrace.server.store.TextSeal;
import io.millrace.server.workspace.Workspace;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.spi.ConfigException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotificationsTest {
  private static final NotificationSettings QUICK =
      new NotificationSettings(
          10,
          4,
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          Duration.ofDays(1),
          null);
  private static final TextSeal SEAL = new PlainTextSeal();

  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final AtomicInteger failuresFirst = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  @TempDir private Path folder;
  private HttpServer receiver;
  private Database database;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          requests.incrementAndGet();
          byte[] body = exchange.getRequestBody().readAllBytes();
          boolean fails = failuresFirst.getAndDecrement() > 0;
          exchange.sendResponseHeaders(fails ? 503 : 200, -1);
          exchange.close();
          if (!fails) {
            received.add(Documents.MAPPER.readTree(body));
          }
        });
    receiver.createContext(
        "/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/hook");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    receiver.start();
    database = TestStore.open(Dialect.SQLITE, folder);
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    database.close();
  }

  @Test
  void tellsAFailureWithItsFactsAfterTheReceiverRecovers() throws Exception {
    failuresFirst.set(2);
    try (Notifications notifications = notifications(QUICK)) {
      tell(notifications, workspace("sendOnFailure", 1), 1);
      JsonNode body = received.poll(20, TimeUnit.SECONDS);
      assertThat(body).isNotNull();
      assertThat(requests).hasValue(3);
      assertThat(body.path("text").asText())
          .startsWith("Sync failure occurred: shop <b>\nSource: pg")
          .contains("[config_error] The password is wrong.");
      assertThat(body.path("blocks").path(0).path("text").path("text").asText())
          .isEqualTo("Sync failure occurred: <http://localhost:8000/c|shop &lt;b&gt;>");
      JsonNode data = body.path("data");
      assertThat(data.path("success").asBoolean()).isFalse();
      assertThat(data.path("durationFormatted").asText()).isEqualTo("2 min 5 sec");
      assertThat(data.path("bytesCommittedFormatted").asText()).isEqualTo("12 MB");
      assertThat(data.path("errorType").asText()).isEqualTo("config_error");
      assertThat(data.path("recordsFilteredOut").asLong()).isEqualTo(3);
    }
  }

  @Test
  void waitsForAsManyFailuresAsTheSettingsSay() throws Exception {
    try (Notifications notifications = notifications(QUICK)) {
      Workspace workspace = workspace("sendOnFailure", 3);
      tell(notifications, workspace, 1);
      tell(notifications, workspace, 2);
      tell(notifications, workspace, 3);
      assertThat(received.poll(20, TimeUnit.SECONDS)).isNotNull();
      assertThat(received.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void saysWhyATestMessageDidNotArrive() {
    try (Notifications notifications = notifications(QUICK)) {
      assertThatThrownBy(() -> notifications.test("ftp://x/y", failure()))
          .isInstanceOf(ConfigException.class);
      assertThatThrownBy(() -> notifications.test(url("/elsewhere"), failure()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("302");
      failuresFirst.set(1);
      assertThatThrownBy(() -> notifications.test(url("/hook"), failure()))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("503");
      assertThatThrownBy(() -> notifications.testMail("a@b.example", failure()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("MILLRACE_SMTP_HOST");
    }
  }

  @Test
  void sendsMail() throws Exception {
    GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    server.start();
    try {
      NotificationSettings.Smtp smtp =
          new NotificationSettings.Smtp(
              "localhost", server.getSmtp().getPort(), false, null, null, "millrace@b.example");
      try (Notifications notifications = notifications(QUICK.with(smtp))) {
        ObjectNode details = Documents.empty().put("email", "data@b.example");
        details
            .putObject("notificationSettings")
            .putObject("sendOnFailure")
            .putArray("notificationType")
            .add("customerio");
        tell(notifications, workspace(details), 1);
        assertThat(server.waitForIncomingEmail(20_000, 1)).isTrue();
        assertThat(server.getReceivedMessages()[0].getSubject())
            .isEqualTo("Sync failure occurred: shop <b>");
        assertThat(server.getReceivedMessages()[0].getContent().toString())
            .contains("The password is wrong.");
      }
    } finally {
      server.stop();
    }
  }

  /** What is queued outlives the process, and its receiver's absence. */
  @Test
  void sendsAfterARestartWhatAnEarlierProcessLeft() throws Exception {
    failuresFirst.set(1);
    NotificationSettings patient =
        new NotificationSettings(
            10,
            4,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofDays(1),
            null);
    try (Notifications notifications = notifications(patient)) {
      tell(notifications, workspace("sendOnFailure", 1), 1);
      // Its wait tells that the first try has failed; while it lasts, the time is nearer.
      long later = Clock.systemUTC().instant().plus(Duration.ofMinutes(2)).toEpochMilli();
      await("SELECT count(*) FROM notification WHERE not_before > " + later, 1);
    }
    String target =
        database.read(
            tx -> tx.createQuery("SELECT target FROM notification").mapTo(String.class).one());
    assertThat(target).startsWith(PlainTextSeal.MARK);
    database.change(tx -> tx.execute("UPDATE notification SET not_before = 0"));
    try (Notifications notifications = notifications(patient)) {
      assertThat(received.poll(20, TimeUnit.SECONDS)).isNotNull();
      await("SELECT count(*) FROM notification", 0);
      assertThat(notifications).isNotNull();
    }
  }

  /** Tries, messages and their age are bounded. */
  @Test
  void givesUpWhatNobodyTakes() throws Exception {
    failuresFirst.set(100);
    try (Notifications notifications = notifications(QUICK)) {
      tell(notifications, workspace("sendOnFailure", 1), 1);
      await("SELECT count(*) FROM notification", 0);
      assertThat(requests).hasValue(4);
    }
    database.change(
        tx -> {
          for (int i = 0; i < 12; i++) {
            tx.execute(
                "INSERT INTO notification (id, kind, target, subject, body, tries, not_before,"
                    + " created_at) VALUES (?, 'webhook', 'x', '', '{}', 0, ?, ?)",
                UUID.randomUUID().toString(),
                Long.MAX_VALUE,
                i < 2 ? 0 : Clock.systemUTC().millis());
          }
        });
    failuresFirst.set(0);
    try (Notifications notifications = notifications(QUICK)) {
      await("SELECT count(*) FROM notification", 10);
      tell(notifications, workspace("sendOnFailure", 1), 1);
      assertThat(received.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  /** A store that takes nothing, as on a full disk, keeps no word from being sent. */
  @Test
  void alertsWithoutTheStore() throws Exception {
    try (Notifications notifications = notifications(QUICK)) {
      database.close();
      notifications.alert(workspace("sendOnFailure", 3), "Disk short of room", "210 MB are free.");
      JsonNode body = received.poll(20, TimeUnit.SECONDS);
      assertThat(body).isNotNull();
      assertThat(body.path("text").asText()).isEqualTo("Disk short of room: 210 MB are free.");
    }
  }

  private void tell(Notifications notifications, Workspace workspace, int failuresInARow) {
    database.change(tx -> notifications.tell(tx, workspace, failure(), failuresInARow));
  }

  private Notifications notifications(NotificationSettings settings) {
    return new Notifications(settings, database, SEAL, Clock.systemUTC());
  }

  private void await(String sql, long expected) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (database.read(tx -> tx.createQuery(sql).mapTo(Long.class).one()) != expected) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
  }

  private Workspace workspace(String setting, int threshold) {
    ObjectNode details = Documents.empty();
    ObjectNode item = details.putObject("notificationSettings").putObject(setting);
    item.putArray("notificationType").add("slack");
    item.putObject("slackConfiguration").put("webhook", url("/hook"));
    item.put("failureThreshold", threshold);
    return workspace(details);
  }

  private static Workspace workspace(ObjectNode details) {
    return new Workspace(
        WorkspaceId.random(), "w", "w", details, Instant.EPOCH, Instant.EPOCH, null);
  }

  private static Message failure() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    JobFacts job =
        new JobFacts(
            5,
            false,
            start,
            start.plusSeconds(125),
            10,
            12L << 20,
            10,
            12L << 20,
            3,
            new JobFacts.Failure("The password is wrong.", "config_error", "source"));
    return new Message(
        Trigger.SYNC_FAILURE,
        new Named("w", "work", null),
        new Named("c", "shop <b>", "http://localhost:8000/c"),
        new Named("s", "pg", null),
        new Named("d", "lake", null),
        job,
        List.of());
  }
}
