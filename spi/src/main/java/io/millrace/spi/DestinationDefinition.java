package io.millrace.spi;

/**
 * A kind of destination.
 *
 * @param <C> the record that declares the configuration
 */
public non-sealed interface DestinationDefinition<C extends Record> extends ConnectorDefinition<C> {
  /**
   * Opens a destination. Connects to nothing yet: {@link Destination#check} and the others do.
   *
   * @throws ConfigException when fields contradict each other
   */
  Destination open(C config, ConnectorContext context);
}
