package io.millrace.connectors.faker;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorPlugin;
import java.util.List;

/** Offers {@code source-faker}. */
public final class FakerPlugin implements ConnectorPlugin {
  @Override
  public List<ConnectorDefinition<?>> connectors() {
    return List.of(new FakerDefinition());
  }
}
