package io.millrace.connectors.duckdb;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorPlugin;
import java.util.List;

/** Offers the DuckDB destination. */
public final class DuckDbPlugin implements ConnectorPlugin {
  @Override
  public List<ConnectorDefinition<?>> connectors() {
    return List.of(new DuckDbDestinationDefinition());
  }
}
