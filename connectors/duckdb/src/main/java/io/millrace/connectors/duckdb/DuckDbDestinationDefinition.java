package io.millrace.connectors.duckdb;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.UriForm;
import java.util.List;
import java.util.UUID;

/** The DuckDB destination under its Airbyte name and id. */
public final class DuckDbDestinationDefinition implements DestinationDefinition<DuckDbConfig> {
  private static final ConnectorInfo INFO =
      new ConnectorInfo(
          "destination-duckdb",
          UUID.fromString("94bd199c-2ff0-4aa2-b98e-17f0acb72610"),
          "DuckDB",
          "Writes streams into the tables of a local DuckDB file.");
  private static final String MOTHERDUCK_PREFIX = "md:";

  @Override
  public ConnectorInfo info() {
    return INFO;
  }

  @Override
  public Class<DuckDbConfig> configType() {
    return DuckDbConfig.class;
  }

  @Override
  public UriForm uriForm() {
    return new UriForm(
        List.of(DuckDbUri.SCHEME), "duckdb:shop.duckdb?schema=main", DuckDbUri::toConfig);
  }

  @Override
  public Destination open(DuckDbConfig config, ConnectorContext context) {
    if (config.destinationPath().startsWith(MOTHERDUCK_PREFIX)) {
      throw new ConfigException(
          "motherduck",
          "destination_path names a MotherDuck database (md:...), which cannot be written to. Enter"
              + " the path of a local file.");
    }
    if (config.destinationPath().isBlank() || config.schema().isBlank()) {
      throw new ConfigException("path_missing", "destination_path and schema must not be empty.");
    }
    return new DuckDbDestination(config, context);
  }
}
