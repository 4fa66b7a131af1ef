package io.millrace.spi;

import java.util.List;

/**
 * Offers connectors. Found by {@link java.util.ServiceLoader}; has a public no-argument
 * constructor.
 */
public interface ConnectorPlugin {
  /** Returns the definitions. Cheap and pure: it opens nothing and loads no driver. */
  List<ConnectorDefinition<?>> connectors();
}
