package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.OldestServer;
import io.millrace.testkit.contract.destination.DestinationAppendSuite;
import io.millrace.testkit.contract.destination.DestinationDedupSuite;
import io.millrace.testkit.contract.destination.DestinationFixture;
import io.millrace.testkit.contract.destination.DestinationOverwriteSuite;
import io.millrace.testkit.contract.destination.DestinationSchemaChangeSuite;
import io.millrace.testkit.contract.destination.DestinationTypesSuite;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What depends on the statements that the oldest server knows, and on how it takes values. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class OldestServerContractTest
    implements DestinationTypesSuite,
        DestinationOverwriteSuite,
        DestinationAppendSuite,
        DestinationDedupSuite,
        DestinationSchemaChangeSuite {
  private static final DestinationFixture FIXTURE =
      new PostgresDestinationFixture(OldestServer.get());

  @Override
  public DestinationFixture fixture() {
    return FIXTURE;
  }
}
