package io.millrace.server.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.Actors;
import io.millrace.server.actor.Configurations;
import io.millrace.server.actor.ConnectorCalls;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Discovers sources that are not stored. Thread-safe. */
final class UnsavedDiscovery {
  private final Actors actors;
  private final Configurations configurations;
  private final Discovery discovery;

  UnsavedDiscovery(
      Actors actors, Configurations configurations, ConnectorCalls calls, Clock clock) {
    this.actors = actors;
    this.configurations = configurations;
    this.discovery = new Discovery(calls, clock);
  }

  /**
   * Returns every stream.
   *
   * @param stored the source whose secrets the masks in the configuration stand for, or null
   */
  List<FoundStream> run(Configurations.Given given, @Nullable UUID stored)
      throws InterruptedException {
    ObjectNode before =
        stored == null
            ? Documents.empty()
            : actors.get(Side.SOURCE, new ActorId(stored)).configuration();
    ObjectNode accepted = configurations.accept(given, before);
    return discovery.run(configurations.endpoint(given.connector(), accepted));
  }
}
