package io.millrace.server.connector;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorInfo;
import java.util.Map;

/**
 * What the HTTP APIs call a connector. Clients know Airbyte's names: the Java SDK chooses its class
 * by the short name, Terraform files and scripts look definitions up by the display name.
 */
public final class ApiNames {
  private static final Map<String, String> DISPLAY = Map.of("PostgreSQL", "Postgres");
  private static final Map<String, String> KINDS =
      Map.of("source-postgres", "database", "source-file", "file");
  private static final String OWN = "destination-local-files";

  private ApiNames() {}

  /** Returns the display name: {@code Postgres}. */
  public static String display(ConnectorInfo info) {
    return DISPLAY.getOrDefault(info.title(), info.title());
  }

  /** Returns the short name: {@code postgres} for {@code source-postgres}. */
  public static String brief(ConnectorDefinition<?> connector) {
    return connector.info().name().substring(side(connector).prefix().length());
  }

  /** Returns the name of the image that would hold it: {@code airbyte/source-postgres}. */
  static String repository(ConnectorInfo info) {
    return (info.name().equals(OWN) ? "millrace/" : "airbyte/") + info.name();
  }

  /** Returns what kind of source it is: {@code database}, {@code file} or {@code api}. */
  static String kind(ConnectorInfo info) {
    return KINDS.getOrDefault(info.name(), "api");
  }

  /** Returns where the connector's options are described. */
  static String documentationUrl(ConnectorDefinition<?> connector) {
    String name = connector.info().name();
    return name.equals(OWN)
        ? "urn:millrace:" + name
        : "https://docs.airbyte.com/integrations/"
            + side(connector).label()
            + "s/"
            + brief(connector);
  }

  /** Returns the side of a connector. */
  static Side side(ConnectorDefinition<?> connector) {
    return Side.SOURCE.offers(connector) ? Side.SOURCE : Side.DESTINATION;
  }
}
