package io.millrace.server.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Takes what happens to connections. Thread-safe. */
public final class Timeline {
  private final EventStore events = new EventStore();
  private final Clock clock;

  /** Makes a timeline that tells the time by a clock. */
  public Timeline(Clock clock) {
    this.clock = clock;
  }

  /**
   * Adds an event.
   *
   * @param type the API's name
   * @param summary what a list shows of it
   * @param by who did it, or null for the program itself
   */
  public void add(
      Handle tx, UUID connection, String type, ObjectNode summary, @Nullable String by) {
    add(tx, connection, type, summary, null, by);
  }

  /** Adds an event of a job; see {@link #add(Handle, UUID, String, ObjectNode, String)}. */
  public void add(
      Handle tx,
      UUID connection,
      String type,
      ObjectNode summary,
      @Nullable Long job,
      @Nullable String by) {
    events.insert(
        tx, new Event(UUID.randomUUID(), connection, type, summary, job, by, clock.instant()));
  }
}
