package io.millrace.server.connection.api;

import io.millrace.server.connection.ConnectionSearch;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.http.Body;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what connections are searched by. */
final class SearchReader {
  private SearchReader() {}

  static ConnectionSearch read(Body body, ScheduleReader schedules) {
    ConfigDraft.Namespace definition =
        body.choiceOrNull("namespaceDefinition", ConfigDraft.Namespace.class);
    String type = body.textOrNull("scheduleType");
    return new ConnectionSearch(
        body.idOrNull("connectionId"),
        body.textOrNull("name"),
        definition == null ? null : StreamFields.label(definition),
        body.textOrNull("namespaceFormat"),
        body.textOrNull("prefix"),
        body.idOrNull("sourceId"),
        body.idOrNull("destinationId"),
        schedules.search(body),
        type == null ? null : type.toLowerCase(Locale.ROOT),
        body.choiceOrNull("status", ConnectionStatus.class),
        actor(body.objectOrNull("source"), "source"),
        actor(body.objectOrNull("destination"), "destination"));
  }

  private static ConnectionSearch.@Nullable ActorSearch actor(@Nullable Body body, String side) {
    if (body == null) {
      return null;
    }
    UUID id = body.idOrNull(side + "Id");
    Body configuration = body.objectOrNull("connectionConfiguration");
    return new ConnectionSearch.ActorSearch(
        id,
        body.idOrNull(side + "DefinitionId"),
        body.idOrNull("workspaceId"),
        body.textOrNull("name"),
        body.textOrNull(side + "Name"),
        configuration == null ? null : configuration.json());
  }
}
