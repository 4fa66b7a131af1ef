package io.millrace.server.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.config.ConfigSpec;
import java.time.Clock;
import java.util.List;

/** Connectors in the shapes of the two APIs. */
public final class DefinitionJson {
  private final Definitions definitions;
  private final Clock clock;

  /** Writes what these definitions say. */
  public DefinitionJson(Definitions definitions, Clock clock) {
    this.definitions = definitions;
    this.clock = clock;
  }

  /** Returns a {@code SourceDefinitionRead} or {@code DestinationDefinitionRead}. */
  public ObjectNode config(ConnectorDefinition<?> connector) {
    Side side = ApiNames.side(connector);
    ObjectNode json =
        Documents.empty()
            .put(side.label() + "DefinitionId", connector.info().definitionId().toString())
            .put("name", ApiNames.display(connector.info()))
            .put("dockerRepository", ApiNames.repository(connector.info()))
            .put("dockerImageTag", definitions.version())
            .put("documentationUrl", ApiNames.documentationUrl(connector))
            .put("protocolVersion", "0.2.0")
            .put("custom", false)
            .put("enterprise", false)
            .put("supportLevel", "certified")
            .put("releaseStage", "generally_available")
            .put("language", "java");
    return switch (connector) {
      case SourceDefinition<?> ignored -> json.put("sourceType", ApiNames.kind(connector.info()));
      case DestinationDefinition<?> ignored -> json.put("supportsDataActivation", false);
    };
  }

  /** Returns a {@code DefinitionResponse}. */
  ObjectNode publicly(ConnectorDefinition<?> connector) {
    return Documents.empty()
        .put("id", connector.info().definitionId().toString())
        .put("name", ApiNames.display(connector.info()))
        .put("dockerRepository", ApiNames.repository(connector.info()))
        .put("dockerImageTag", definitions.version())
        .put("documentationUrl", ApiNames.documentationUrl(connector));
  }

  /** Returns a {@code SourceDefinitionSpecificationRead}, or that of a destination. */
  public ObjectNode specification(ConnectorDefinition<?> connector) {
    String id = connector.info().definitionId().toString();
    ObjectNode json =
        Documents.empty()
            .put(ApiNames.side(connector).label() + "DefinitionId", id)
            .put("documentationUrl", ApiNames.documentationUrl(connector));
    json.set(
        "connectionSpecification",
        Documents.MAPPER.valueToTree(ConfigSpec.of(connector).jsonSchema()));
    if (connector instanceof DestinationDefinition<?> destination) {
      definitions
          .destinationSyncModes(destination)
          .forEach(json.putArray("supportedDestinationSyncModes")::add);
    }
    json.put("advancedAuthGlobalCredentialsAvailable", false);
    json.set(
        "jobInfo",
        JobReport.done(JobReport.Kind.SPEC, id, clock.instant(), clock.instant(), List.of()));
    return json;
  }

  /** Returns an {@code ActorDefinitionVersionRead}. */
  public ObjectNode version(ConnectorDefinition<?> connector) {
    return Documents.empty()
        .put("dockerRepository", ApiNames.repository(connector.info()))
        .put("dockerImageTag", definitions.version())
        .put("supportsRefreshes", true)
        .put("isVersionOverrideApplied", false)
        .put("supportState", "supported")
        .put("supportsFileTransfer", false)
        .put("supportsDataActivation", false)
        .put("supportLevel", "certified");
  }
}
