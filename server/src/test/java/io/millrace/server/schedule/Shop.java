package io.millrace.server.schedule;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connection.ScheduleJson;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobType;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Connections and jobs in a store, and a starter that writes down whom it started when. */
final class Shop implements JobStarter {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000001";

  private final Database database;
  private final Clock clock;
  private final JobStore jobs = new JobStore();
  private final Map<ConnectionId, List<Instant>> starts = new LinkedHashMap<>();

  /** A started job ends at once. */
  boolean ends = true;

  /** What happens while a connection is being started. */
  Runnable meanwhile = () -> {};

  /** The next so many starts fail. */
  int failures;

  Shop(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    database.change(
        tx -> {
          tx.execute("INSERT INTO workspace VALUES (?, 'w', 'w', '{}', 0, 0, NULL)", NOBODY);
          tx.execute(
              "INSERT INTO actor VALUES (?, ?, 'source', ?, 'a', '{}', '{}', 0, 0, NULL)",
              NOBODY,
              NOBODY,
              NOBODY);
        });
  }

  ConnectionId add(Schedule schedule) {
    ConnectionId id = ConnectionId.random();
    long now = clock.millis();
    database.change(
        tx ->
            tx.execute(
                "INSERT INTO connection (id, workspace_id, source_id, destination_id, name, status,"
                    + " schedule_type, schedule, namespace_definition, prefix, breaking_change,"
                    + " details, created_at, updated_at)"
                    + " VALUES (?, ?, ?, ?, 'c', 'active', ?, ?, 'source', '', 0, '{}', ?, ?)",
                id.toString(),
                NOBODY,
                NOBODY,
                NOBODY,
                schedule.type(),
                ScheduleJson.data(schedule).toString(),
                now,
                now));
    return id;
  }

  void change(ConnectionId id, String status, Schedule schedule) {
    database.change(
        tx ->
            tx.execute(
                "UPDATE connection SET status = ?, schedule_type = ?, schedule = ?, updated_at = ?"
                    + " WHERE id = ?",
                status,
                schedule.type(),
                ScheduleJson.data(schedule).toString(),
                clock.millis(),
                id.toString()));
  }

  /** Makes a job, be it one that somebody asked for. */
  void job(ConnectionId id) {
    database.change(
        tx -> {
          jobs.insert(tx, id, JobType.SYNC, Documents.empty(), clock.instant());
          if (ends) {
            end(tx, id);
          }
        });
  }

  void end(ConnectionId id) {
    database.change(tx -> end(tx, id));
  }

  private static void end(Handle tx, ConnectionId id) {
    tx.execute("UPDATE job SET status = 'succeeded' WHERE connection_id = ?", id.toString());
  }

  @Override
  public synchronized boolean start(ConnectionId id, @Nullable Instant newest) {
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("the store is away");
    }
    boolean open = database.read(tx -> jobs.open(tx, id)).isPresent();
    boolean known =
        Objects.equals(database.read(tx -> jobs.newestMade(tx, id)).orElse(null), newest);
    if (!open && known) {
      job(id);
      starts.computeIfAbsent(id, key -> new ArrayList<>()).add(clock.instant());
      meanwhile.run();
    }
    return !open && known;
  }

  synchronized List<Instant> starts(ConnectionId id) {
    return List.copyOf(starts.getOrDefault(id, List.of()));
  }

  synchronized int started() {
    return starts.size();
  }
}
