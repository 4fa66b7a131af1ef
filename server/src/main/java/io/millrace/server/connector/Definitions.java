package io.millrace.server.connector;

import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.WriteMode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The connectors by their definition ids and API names. Thread-safe. */
public final class Definitions {
  private final ConnectorRegistry registry;
  private final Clock clock;
  private final String version;
  private final Map<UUID, Set<WriteMode>> modes = new ConcurrentHashMap<>();

  /**
   * Makes it.
   *
   * @param version the program's version, which is every connector's
   */
  public Definitions(ConnectorRegistry registry, Clock clock, String version) {
    this.registry = registry;
    this.clock = clock;
    this.version = version;
  }

  /** Returns the version of the connectors: the program's. */
  public String version() {
    return version;
  }

  /** Returns the connectors of a side, by name. */
  public List<ConnectorDefinition<?>> on(Side side) {
    return registry.on(side);
  }

  /** Returns the connector of an id; empty where an earlier or later program had it. */
  public Optional<ConnectorDefinition<?>> find(Side side, UUID id) {
    return registry.on(side).stream()
        .filter(one -> one.info().definitionId().equals(id))
        .findFirst();
  }

  /**
   * Returns the connector of an id.
   *
   * @throws ApiException 404 when there is none
   */
  public ConnectorDefinition<?> get(Side side, UUID id) {
    return find(side, id)
        .orElseThrow(() -> ApiException.notFound(side.label() + " definition", id));
  }

  /**
   * Returns the connector of a short name, such as {@code postgres}.
   *
   * @throws ApiException 400 when there is none; it names those there are
   */
  public ConnectorDefinition<?> byBriefName(Side side, String name) {
    return registry.on(side).stream()
        .filter(one -> ApiNames.brief(one).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.typed(
                    Fault.VALUE_NOT_FOUND,
                    Fault.VALUE_NOT_FOUND.title(),
                    side.label()
                        + "Type names no connector of this server; it has "
                        + String.join(
                            ", ", registry.on(side).stream().map(ApiNames::brief).toList())
                        + ".",
                    Map.of("value", name.length() > 100 ? name.substring(0, 100) : name)));
  }

  /** Returns the ways in which a kind of destination writes. */
  public Set<WriteMode> writeModes(DestinationDefinition<?> destination) {
    return modes.computeIfAbsent(
        destination.info().definitionId(), id -> EnumSet.copyOf(ask(destination)));
  }

  /** A destination tells what it can do only when it is opened, which connects to nothing. */
  private Set<WriteMode> ask(DestinationDefinition<?> definition) {
    Map<String, Object> example =
        definition.uriForm().toConfig().apply(definition.uriForm().example());
    Endpoint endpoint = new Endpoint(definition, example, Path.of(""), "");
    try (ConnectorRuntime runtime = new ConnectorRuntime(clock, notice -> {});
        Destination destination = endpoint.destination().apply(runtime.context())) {
      return destination.traits().writeModes();
    }
  }

  /** Returns the {@code supportedDestinationSyncModes} of a kind of destination. */
  public List<String> destinationSyncModes(DestinationDefinition<?> destination) {
    List<String> labels = new ArrayList<>();
    for (WriteMode mode : writeModes(destination)) {
      labels.add(mode.name().toLowerCase(Locale.ROOT));
    }
    return labels;
  }
}
