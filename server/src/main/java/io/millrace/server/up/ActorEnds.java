package io.millrace.server.up;

import io.millrace.server.actor.Actor;
import io.millrace.server.connection.ActorFacts;
import io.millrace.server.connector.ApiNames;
import io.millrace.server.connector.Definitions;
import io.millrace.server.connector.Side;
import io.millrace.spi.AirbyteStates;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.StateCheck;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tells connections what the connectors behind their two ends are. */
final class ActorEnds implements ActorFacts {
  private final Definitions definitions;

  ActorEnds(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public Set<String> writeModes(UUID definition) {
    return definitions
        .find(Side.DESTINATION, definition)
        .filter(DestinationDefinition.class::isInstance)
        .map(one -> Set.copyOf(definitions.destinationSyncModes((DestinationDefinition<?>) one)))
        .orElse(Set.of());
  }

  @Override
  public Optional<AirbyteStates> airbyteStates(Actor source) {
    return definitions
        .find(Side.SOURCE, source.definition())
        .filter(AirbyteStates.class::isInstance)
        .map(AirbyteStates.class::cast);
  }

  @Override
  public Optional<StateCheck> stateCheck(Actor source) {
    return definitions
        .find(Side.SOURCE, source.definition())
        .filter(StateCheck.class::isInstance)
        .map(StateCheck.class::cast);
  }

  @Override
  public String connectorName(Actor actor) {
    return definitions
        .find(actor.side(), actor.definition())
        .map(one -> ApiNames.display(one.info()))
        .orElse("");
  }
}
