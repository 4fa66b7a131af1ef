package io.millrace.connectors.postgres;

import io.millrace.connectors.postgres.destination.PostgresDestinationDefinition;
import io.millrace.connectors.postgres.source.PostgresSourceDefinition;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorPlugin;
import java.util.List;

/** Offers the PostgreSQL connectors. */
public final class PostgresPlugin implements ConnectorPlugin {
  @Override
  public List<ConnectorDefinition<?>> connectors() {
    return List.of(new PostgresSourceDefinition(), new PostgresDestinationDefinition());
  }
}
