package io.millrace.server.action;

import io.millrace.server.actor.ActorId;
import io.millrace.server.connector.ConnectorRuntime;
import io.millrace.server.connector.Endpoint;
import io.millrace.spi.ConfigException;
import io.millrace.spi.Destination;
import io.millrace.spi.SqlTarget;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs SQL through the destination's own connector and settings. Thread-safe. */
public final class DestinationSql implements SqlRunner {
  private static final Logger LOG = LoggerFactory.getLogger(DestinationSql.class);

  private final Function<ActorId, Endpoint> endpoints;
  private final Clock clock;

  /**
   * Makes one.
   *
   * @param endpoints opens a destination's configuration, secrets and all; throws what a connector
   *     does when it cannot
   */
  public DestinationSql(Function<ActorId, Endpoint> endpoints, Clock clock) {
    this.endpoints = endpoints;
    this.clock = clock;
  }

  @Override
  public void run(ActorId destination, List<String> statements) throws InterruptedException {
    Endpoint endpoint = endpoints.apply(destination);
    try (ConnectorRuntime runtime =
            new ConnectorRuntime(
                clock,
                notice ->
                    LOG.atInfo().addKeyValue("notice", notice.message()).log("action_notice"));
        Destination open = endpoint.destination().apply(runtime.context())) {
      if (!(open instanceof SqlTarget target)) {
        throw new ConfigException(
            "no_sql",
            "The destination "
                + endpoint.connector().info().name()
                + " runs no SQL; take the SQL action away.");
      }
      target.run(statements);
    }
  }
}
