package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Jobs that are cancelled in their last statement, which another session's lock on the target holds
 * up: nothing of them is published, then or later, and the next sync is right.
 */
@Timeout(120)
final class PublicationCancelTest extends ItemsTest {
  private static final Duration CANCEL_MAX = Duration.ofSeconds(10);

  /** How a job publishes. */
  enum Publication {
    MERGE("sync", null, "incremental append_dedup"),
    SWAP("sync", null, "full_refresh overwrite"),
    SWAP_AND_DEDUP("sync", null, "full_refresh overwrite_dedup"),
    CLEAR_OF_MERGED("clear", null, "incremental append_dedup"),
    CLEAR_OF_SWAPPED("clear", null, "full_refresh overwrite"),
    CLEAR_OF_APPENDED("clear", null, "incremental append"),
    REFRESH_MERGE("refresh", "Merge", "incremental append_dedup"),
    REFRESH_TRUNCATE("refresh", "Truncate", "incremental append_dedup"),
    REFRESH_TRUNCATE_OF_APPENDED("refresh", "Truncate", "incremental append");

    private final String path;
    private final @Nullable String refreshMode;
    private final String mode;

    Publication(String job, @Nullable String refreshMode, String mode) {
      this.path = "/connections/" + job;
      this.refreshMode = refreshMode;
      this.mode = mode;
    }

    private ObjectNode config() {
      String[] parts = mode.split(" ", 2);
      return merged().put("syncMode", parts[0]).put("destinationSyncMode", parts[1]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCancelEndsItAndNothingIsPublished(Publication publication) throws Exception {
    String connection = connect(publication.config(), Map.of());
    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
    String before = rows();
    POSTGRES.execute(from, "INSERT INTO item SELECT i, 'late', i FROM generate_series(21, 30) i");
    JsonNode job;
    try (Connection other = POSTGRES.connect(to);
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE item IN SHARE MODE");
      job = begin(publication, connection);
      awaitHeldUp();
      cancelInTime(job);
      other.rollback();
    }
    assertThat(rows()).as("after the lock is gone").isEqualTo(before);
    awaitNoSessions();
    assertThat(rows()).isEqualTo(before);

    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
    assertThat(rows()).isEqualTo("30 30 10");
  }

  private JsonNode begin(Publication publication, String connection) throws Exception {
    Map<String, Object> request = new TreeMap<>(Map.<String, Object>of("connectionId", connection));
    if (publication.refreshMode != null) {
      request.put("refreshMode", publication.refreshMode);
    }
    return call(publication.path, request).path("job");
  }

  /** Waits until a session of the job waits for the lock. */
  private void awaitHeldUp() throws Exception {
    while (one(to, "SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")) {
      Thread.sleep(20);
    }
  }

  private void cancelInTime(JsonNode job) throws Exception {
    Map<String, Object> id = Map.of("id", job.path("id").asLong());
    long end = System.nanoTime() + CANCEL_MAX.toNanos();
    call("/jobs/cancel", id);
    String status;
    do {
      Thread.sleep(20);
      status = call("/jobs/get_light", id).at("/job/status").asText();
    } while (!status.equals("cancelled") && System.nanoTime() < end);
    assertThat(status).isEqualTo("cancelled");
  }

  /** Waits until no session but the one that asks has anything to do with the target. */
  private void awaitNoSessions() throws Exception {
    while (!one(
            to,
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND pid <> pg_backend_pid()")
        .equals("0")) {
      Thread.sleep(20);
    }
  }

  /** Returns how many rows the target has, how many ids, and how many of the later ones. */
  private String rows() throws SQLException {
    return one(
        to,
        "SELECT count(*) || ' ' || count(DISTINCT id) || ' ' || count(*) FILTER (WHERE id > 20)"
            + " FROM item");
  }
}
