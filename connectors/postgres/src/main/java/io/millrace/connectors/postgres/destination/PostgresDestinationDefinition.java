package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgConnections;
import io.millrace.connectors.postgres.connect.PostgresUri;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.UriForm;
import java.util.UUID;

/** What destination-postgres is called and how one is opened. */
public final class PostgresDestinationDefinition
    implements DestinationDefinition<PostgresDestinationConfig> {
  private static final ConnectorInfo INFO =
      new ConnectorInfo(
          "destination-postgres",
          UUID.fromString("25c5221d-dce2-4163-ade9-739ef790f503"),
          "PostgreSQL",
          "Loads streams into PostgreSQL tables (version 12 and later) by binary COPY, and publishes"
              + " them in one step.");

  private static final UriForm URI =
      new UriForm(
          PostgresUri.SCHEMES,
          "postgresql://user:password@localhost:5432/warehouse?schema=public",
          PostgresUri::toDestinationConfig);

  @Override
  public ConnectorInfo info() {
    return INFO;
  }

  @Override
  public Class<PostgresDestinationConfig> configType() {
    return PostgresDestinationConfig.class;
  }

  @Override
  public UriForm uriForm() {
    return URI;
  }

  @Override
  public Destination open(PostgresDestinationConfig config, ConnectorContext context) {
    int sessions = context.tuning().connectionsMax();
    PgConnections connections = new PgConnections(config.settings(), sessions + 1);
    return new PostgresDestination(
        config, context, new SessionPool(connections, sessions, context.heartbeat()));
  }
}
