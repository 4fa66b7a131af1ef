package io.millrace.server.connection;

import io.millrace.server.actor.Actor;
import io.millrace.spi.AirbyteStates;
import io.millrace.spi.StateCheck;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What connections must know of the connectors behind their two ends. */
public interface ActorFacts {
  /**
   * Returns the sync modes that a kind of destination offers, by the API's names: {@code append},
   * ...; none where its connector is not known.
   */
  Set<String> writeModes(UUID definition);

  /** Like the other, of one destination. */
  default Set<String> writeModes(Actor destination) {
    return writeModes(destination.definition());
  }

  /** Returns what reads states that Airbyte's connector left; empty where none can. */
  Optional<AirbyteStates> airbyteStates(Actor source);

  /** Returns what tells whether a state can be gone on from; empty where nothing does. */
  Optional<StateCheck> stateCheck(Actor source);

  /** Returns the display name of an actor's connector: {@code Postgres}. */
  String connectorName(Actor actor);
}
