package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connector.Side;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What connections are searched by; null means anything.
 *
 * @param sourceFacts what their sources are searched by
 * @param destinationFacts what their destinations are searched by
 */
public record ConnectionSearch(
    @Nullable UUID id,
    @Nullable String name,
    @Nullable String namespaceDefinition,
    @Nullable String namespaceFormat,
    @Nullable String prefix,
    @Nullable UUID source,
    @Nullable UUID destination,
    @Nullable Schedule schedule,
    @Nullable String scheduleType,
    @Nullable ConnectionStatus status,
    @Nullable ActorSearch sourceFacts,
    @Nullable ActorSearch destinationFacts) {
  /**
   * What an actor is searched by; null means anything.
   *
   * @param configuration members that its configuration must have with these values; secrets never
   *     match
   * @param connectorName its connector's display name
   */
  public record ActorSearch(
      @Nullable UUID id,
      @Nullable UUID definition,
      @Nullable UUID workspace,
      @Nullable String name,
      @Nullable String connectorName,
      @Nullable ObjectNode configuration) {
    boolean matches(Actor actor, ActorFacts facts) {
      return same(id, actor.id().value())
          && same(definition, actor.definition())
          && same(workspace, actor.workspace().value())
          && same(name, actor.name())
          && (connectorName == null || connectorName.equals(facts.connectorName(actor)))
          && configured(actor);
    }

    private boolean configured(Actor actor) {
      return configuration == null
          || configuration.properties().stream()
              .allMatch(one -> one.getValue().equals(actor.configuration().get(one.getKey())));
    }
  }

  boolean matches(Handle tx, Connection connection, ActorFacts facts) {
    return matches(connection)
        && matches(tx, Side.SOURCE, connection.source(), sourceFacts, facts)
        && matches(tx, Side.DESTINATION, connection.destination(), destinationFacts, facts);
  }

  private boolean matches(Connection connection) {
    return same(id, connection.id().value())
        && same(name, connection.name())
        && same(namespaceDefinition, connection.namespaceDefinition())
        && same(namespaceFormat, connection.namespaceFormat())
        && same(prefix, connection.prefix())
        && same(source, connection.source().value())
        && same(destination, connection.destination().value())
        && same(schedule, connection.schedule())
        && same(scheduleType, connection.schedule().type())
        && same(status, connection.status());
  }

  private static boolean matches(
      Handle tx, Side side, ActorId id, @Nullable ActorSearch search, ActorFacts facts) {
    return search == null
        || new ActorStore()
            .find(tx, side, id)
            .filter(actor -> search.matches(actor, facts))
            .isPresent();
  }

  private static boolean same(@Nullable Object wanted, @Nullable Object has) {
    return wanted == null || wanted.equals(has);
  }
}
