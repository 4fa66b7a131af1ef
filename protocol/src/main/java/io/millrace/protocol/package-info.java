/**
 * Airbyte's message protocol: our connectors shown as such, one JSON message a line.
 *
 * <p>Begin with {@link io.millrace.protocol.MessageWriter} for what is written and {@code
 * ProtocolRead} and {@code ProtocolWrite} for the two long commands. It drives the SPI alone: no
 * engine, no pipeline, no file of ours belongs here.
 */
@NullMarked
package io.millrace.protocol;

import org.jspecify.annotations.NullMarked;
