package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.OldestServer;
import io.millrace.testkit.contract.source.SourceDiscoverSuite;
import io.millrace.testkit.contract.source.SourceFixture;
import io.millrace.testkit.contract.source.SourceFullRefreshSuite;
import io.millrace.testkit.contract.source.SourceIncrementalSuite;
import io.millrace.testkit.contract.source.SourceResumeSuite;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What depends on how tables are cut and new rows are found, on a server that cannot do all. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class OldestServerContractTest
    implements SourceDiscoverSuite,
        SourceFullRefreshSuite,
        SourceIncrementalSuite,
        SourceResumeSuite {
  private static final PostgresSourceFixture FIXTURE =
      new PostgresSourceFixture(OldestServer.get(), "Standard");

  @Override
  public SourceFixture fixture() {
    return FIXTURE;
  }
}
