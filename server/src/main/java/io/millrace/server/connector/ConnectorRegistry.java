package io.millrace.server.connector;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.ConnectorPlugin;
import io.millrace.spi.config.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** Every connector of this program, by name and by URI scheme. Immutable. */
public final class ConnectorRegistry {
  private final List<ConnectorDefinition<?>> connectors;

  private ConnectorRegistry(List<ConnectorDefinition<?>> connectors) {
    this.connectors =
        connectors.stream().sorted(Comparator.comparing(one -> one.info().name())).toList();
  }

  /** Finds the connectors on the class path. */
  public static ConnectorRegistry load() {
    List<ConnectorDefinition<?>> found = new ArrayList<>();
    for (ConnectorPlugin plugin : ServiceLoader.load(ConnectorPlugin.class)) {
      found.addAll(plugin.connectors());
    }
    return new ConnectorRegistry(found);
  }

  /** Makes a registry of exactly these. */
  public static ConnectorRegistry of(List<ConnectorDefinition<?>> connectors) {
    return new ConnectorRegistry(connectors);
  }

  /** Returns every connector, by name. */
  public List<ConnectorDefinition<?>> all() {
    return connectors;
  }

  /** Returns the connectors whose names, title, summary or schemes contain the text. */
  public List<ConnectorDefinition<?>> search(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return connectors.stream().filter(one -> words(one).contains(wanted)).toList();
  }

  /**
   * Returns the connector of this name.
   *
   * @throws ConfigException when there is none; the sentence names the closest
   */
  public ConnectorDefinition<?> find(String name) {
    return exactly(name)
        .orElseThrow(
            () -> unknown(name, connectors.stream().map(one -> one.info().name()).toList()));
  }

  /**
   * Returns the connector of this name on this side; the side's prefix may be left out.
   *
   * @throws ConfigException when there is none; the sentence names the closest
   */
  public ConnectorDefinition<?> find(Side side, String name) {
    Optional<ConnectorDefinition<?>> found =
        exactly(name).or(() -> exactly(side.prefix() + name)).filter(side::offers);
    return found.orElseThrow(
        () -> unknown(name, on(side).stream().map(one -> one.info().name()).toList()));
  }

  /** Returns the connectors of one side, by name. */
  public List<ConnectorDefinition<?>> on(Side side) {
    return connectors.stream().filter(side::offers).toList();
  }

  private Optional<ConnectorDefinition<?>> exactly(String name) {
    return connectors.stream().filter(one -> one.info().name().equals(name)).findFirst();
  }

  private static String words(ConnectorDefinition<?> connector) {
    return String.join(
            " ",
            connector.info().name(),
            connector.info().title(),
            connector.info().summary(),
            String.join(" ", connector.uriForm().schemes()))
        .toLowerCase(Locale.ROOT);
  }

  private static ConfigException unknown(String name, List<String> known) {
    return new ConfigException(
        "unknown_connector",
        "There is no connector \""
            + ConnectorException.outside(name)
            + "\""
            + Suggestion.of(name, known)
            + "; \"millrace connectors\" lists all.");
  }
}
