package io.millrace.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.json.Documents;
import io.millrace.server.schedule.ManualClock;
import io.millrace.server.store.Dialect;
import io.millrace.spi.ConfigException;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection that keeps failing: from its first job to the message that it is switched off. */
@Timeout(120)
final class DisableNoticesTest {
  private static final int WARNED_AT = 20;
  private static final int DISABLED_AT = 30;

  @TempDir private Path folder;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T00:00:00Z"));
  private final Shop shop = new Shop();

  @Test
  void warnsOnceAndThenSwitchesOff() throws Exception {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        call -> {
          received.add(
              Documents.MAPPER
                  .readTree(call.getRequestBody().readAllBytes())
                  .path("text")
                  .asText());
          call.sendResponseHeaders(200, -1);
          call.close();
        });
    receiver.start();
    shop.clock = clock;
    shop.faults =
        FaultPlan.of(
            (step, call) ->
                step == Step.DISCOVER
                    ? new Fault.Fail(() -> new ConfigException("auth", "The password is wrong."))
                    : null);
    try (JobWorld world = shop.world(Dialect.SQLITE, folder);
        Notifications notifications =
            new Notifications(
                NotificationSettings.DEFAULT, world.database, new PlainTextSeal(), clock)) {
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
      world.database.change(
          tx ->
              tx.execute(
                  "UPDATE workspace SET details = ? WHERE id = ?",
                  settings(url).toString(),
                  world.workspace.toString()));
      world.listeners.addToEnds(new JobNotices(notifications, null));
      ConnectionId connection = world.connect();
      world.startWorkers();
      for (int failures = 1; failures <= DISABLED_AT; failures++) {
        assertThat(world.awaitEnd(world.sync(connection)).job().status())
            .isEqualTo(JobStatus.FAILED);
        clock.advance(Duration.ofHours(6));
        if (failures == WARNED_AT) {
          assertThat(received.poll(30, TimeUnit.SECONDS))
              .startsWith("Warning - repeated connection failures: shop");
        }
        if (failures < DISABLED_AT) {
          assertThat(status(world, connection)).isEqualTo(ConnectionStatus.ACTIVE);
        }
      }
      assertThat(received.poll(30, TimeUnit.SECONDS)).startsWith("Connection disabled: shop");
      assertThat(received).isEmpty();
      assertThat(status(world, connection)).isEqualTo(ConnectionStatus.INACTIVE);
      assertThat(
              world
                  .config("/connections/sync", "{\"connectionId\": \"" + connection + "\"}")
                  .status())
          .isEqualTo(409);
    } finally {
      receiver.stop(0);
    }
  }

  private static ObjectNode settings(String url) {
    ObjectNode details = Documents.empty();
    ObjectNode settings = details.putObject("notificationSettings");
    for (String one : List.of("sendOnSyncDisabled", "sendOnSyncDisabledWarning")) {
      ObjectNode item = settings.putObject(one);
      item.putArray("notificationType").add("slack");
      item.putObject("slackConfiguration").put("webhook", url);
    }
    return details;
  }

  private static ConnectionStatus status(JobWorld world, ConnectionId id) {
    return world
        .database
        .read(tx -> new ConnectionStore().find(tx, id))
        .map(Connection::status)
        .orElseThrow();
  }
}
