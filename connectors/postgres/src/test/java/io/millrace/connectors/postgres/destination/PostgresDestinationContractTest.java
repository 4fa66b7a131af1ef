package io.millrace.connectors.postgres.destination;

import io.millrace.testkit.contract.destination.DestinationContract;
import io.millrace.testkit.contract.destination.DestinationFixture;
import io.millrace.testkit.servers.PostgresServer;

/** destination-postgres keeps the whole contract of destinations. */
final class PostgresDestinationContractTest implements DestinationContract {
  private static final DestinationFixture FIXTURE =
      new PostgresDestinationFixture(PostgresServer.shared());

  @Override
  public DestinationFixture fixture() {
    return FIXTURE;
  }
}
