package io.millrace.spi;

/**
 * A kind of source or destination: its name, its configuration and how one is opened.
 *
 * @param <C> the record that declares the configuration, see {@link io.millrace.spi.config.Field}
 */
public sealed interface ConnectorDefinition<C extends Record>
    permits SourceDefinition, DestinationDefinition {
  /** Returns the connector's names. */
  ConnectorInfo info();

  /** Returns the record that declares the configuration. */
  Class<C> configType();

  /** Returns how a URI says the configuration. */
  UriForm uriForm();
}
