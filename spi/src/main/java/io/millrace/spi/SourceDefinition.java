package io.millrace.spi;

/**
 * A kind of source.
 *
 * @param <C> the record that declares the configuration
 */
public non-sealed interface SourceDefinition<C extends Record> extends ConnectorDefinition<C> {
  /**
   * Opens a source. Connects to nothing yet: {@link Source#check} and the others do.
   *
   * @throws ConfigException when fields contradict each other
   */
  Source open(C config, ConnectorContext context);
}
