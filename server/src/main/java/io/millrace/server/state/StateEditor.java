package io.millrace.server.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.StreamMemory;
import io.millrace.protocol.ExactJson;
import io.millrace.protocol.StateTokens;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import io.millrace.spi.TargetName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes where the next sync of a stream begins, on a user's word. */
public final class StateEditor {
  private final FileSyncStore store;
  private StreamMemory memory;

  /** Edits one stream of a store that is open for writing. */
  public StateEditor(FileSyncStore store, StreamMemory memory) {
    this.store = store;
    this.memory = memory;
  }

  /** Returns what is known of a stream as one line of JSON. */
  public static String line(StreamMemory memory) {
    return StreamCodec.encode(memory).toString();
  }

  /**
   * Returns the memory of a stream that was never synced and is to begin at a state. Its target is
   * one that no destination has: the first sync finds its own, and begins at the state there.
   */
  public static StreamMemory unsynced(StreamName name, StreamState state) {
    TargetName unknown = new TargetName(null, name.name(), "\0" + name.display());
    return new StreamMemory(name, unknown, unknown, 0, false, state, List.of(), false, null);
  }

  /**
   * Makes streams begin from nothing. An interrupted sync that one of them is part of is given up,
   * because the destination would take its rows for those of the new read.
   *
   * @return whether a sync was given up
   */
  public static boolean reset(FileSyncStore store, List<StreamMemory> streams) {
    ConnectionMemory connection = store.connection();
    boolean givenUp =
        connection.open() && streams.stream().anyMatch(memory -> memory.open() != null);
    if (givenUp) {
      store.saveConnection(new ConnectionMemory(connection.lastSyncId(), connection.lastSyncId()));
    }
    for (StreamMemory memory : streams) {
      store.saveStream(memory.withState(null).withOpen(null));
    }
    return givenUp;
  }

  /** Returns the state as JSON for people. */
  public String text() {
    return StateTokens.of(memory.state()).toPrettyString() + "\n";
  }

  /**
   * Keeps a state as the user wrote it.
   *
   * @throws ConfigException when it is no state; nothing is changed then
   */
  public void set(String text) {
    try {
      JsonNode json = ExactJson.MAPPER.readTree(text);
      if (json == null || json.isMissingNode()) {
        throw invalid("it is empty", null);
      }
      save(StateTokens.state(json));
    } catch (JsonProcessingException e) {
      throw invalid(ConnectorException.outside(e.getOriginalMessage()), e);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Keeps an older version as the newest.
   *
   * @throws ConfigException when there is no such version
   */
  public void restore(long number) {
    StreamHistory.Version version =
        store.history(memory.name()).stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElseThrow(
                () ->
                    new ConfigException(
                        "version_unknown",
                        "Stream "
                            + memory.name().display()
                            + " has no version "
                            + number
                            + " of its state; \"millrace state show --history\" lists them."));
    save(version.state());
  }

  private void save(@Nullable StreamState state) {
    if (memory.open() != null && memory.open().finished() == null) {
      throw new ConfigException(
          "read_open",
          "Stream "
              + memory.name().display()
              + " is in the middle of sync "
              + memory.open().syncId()
              + ". Sync the pipeline to end it, or reset the stream, before its state is edited.");
    }
    memory = memory.withState(state);
    store.saveStream(memory);
  }

  private static ConfigException invalid(String what, @Nullable Throwable cause) {
    return new ConfigException(
        "state_invalid",
        "That is no state: "
            + what
            + ". Expected {\"version\": 1, \"token\": ...} or null; nothing was changed.",
        what,
        cause);
  }
}
