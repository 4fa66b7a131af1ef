package io.millrace.server.pipeline;

import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.connector.Side;
import io.millrace.server.output.Json;
import io.millrace.server.state.PathSafe;
import java.util.List;

/** Names a pipeline that nobody named. */
final class PipelineNames {
  private PipelineNames() {}

  /**
   * Returns a name that stays the same while both sides do, whatever their secrets: such as {@code
   * postgres-to-duckdb-1f2e3d4c5b}.
   */
  static String of(Endpoint source, Endpoint destination) {
    String identity =
        Json.line(
            List.of(
                source.connector().info().name(),
                SecretFields.of(source.connector()).without(source.values()),
                destination.connector().info().name(),
                SecretFields.of(destination.connector()).without(destination.values())));
    return shortName(source, Side.SOURCE)
        + "-to-"
        + shortName(destination, Side.DESTINATION)
        + "-"
        + PathSafe.hash(identity);
  }

  private static String shortName(Endpoint endpoint, Side side) {
    String name = endpoint.connector().info().name();
    return name.startsWith(side.prefix()) ? name.substring(side.prefix().length()) : name;
  }
}
