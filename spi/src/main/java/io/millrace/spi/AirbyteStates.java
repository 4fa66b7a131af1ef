package io.millrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * A kind of source that can go on from the state that Airbyte's connector of the same name left, so
 * that a connection that moves here need not read everything again.
 *
 * <p>An ability of a {@link SourceDefinition}, beside what it must do.
 */
public interface AirbyteStates {
  /**
   * Returns a stream's state as this source would have written it. Pure; from any thread.
   *
   * @param state the JSON object that Airbyte keeps for the stream
   * @return null when there is nothing that this source can go on from
   */
  @Nullable StreamState ofAirbyte(String state);
}
