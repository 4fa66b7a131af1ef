package io.millrace.server.connection;

import io.millrace.server.actor.Actor;
import io.millrace.spi.AirbyteStates;
import java.util.Optional;
import java.util.Set;

/** What connections must know of the connectors behind their two ends. */
public interface ActorFacts {
  /** Returns the sync modes that a destination offers, by the API's names: {@code append}, ... */
  Set<String> writeModes(Actor destination);

  /** Returns what reads states that Airbyte's connector left; empty where none can. */
  Optional<AirbyteStates> airbyteStates(Actor source);

  /** Returns the display name of an actor's connector: {@code Postgres}. */
  String connectorName(Actor actor);
}
