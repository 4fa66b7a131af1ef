/**
 * The contract between the engine and connectors: how streams are found, planned, read in
 * partitions, written and committed.
 *
 * <p>Begin with {@link io.millrace.spi.Source} and {@link io.millrace.spi.Destination}; a connector
 * is offered through {@link io.millrace.spi.ConnectorPlugin}. Nothing here depends on anything but
 * Arrow and JSpecify, and no code that is not part of the contract belongs here.
 */
@NullMarked
package io.millrace.spi;

import org.jspecify.annotations.NullMarked;
