package io.millrace.testkit.example;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorPlugin;
import java.util.List;

/** Offers {@code source-tsv}. */
public final class TsvPlugin implements ConnectorPlugin {
  @Override
  public List<ConnectorDefinition<?>> connectors() {
    return List.of(new TsvDefinition());
  }
}
