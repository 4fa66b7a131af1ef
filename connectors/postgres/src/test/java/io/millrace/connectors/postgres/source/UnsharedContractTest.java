package io.millrace.connectors.postgres.source;

import io.millrace.testkit.contract.source.SourceFixture;
import io.millrace.testkit.contract.source.SourceFullRefreshSuite;
import io.millrace.testkit.contract.source.SourceIncrementalSuite;
import io.millrace.testkit.contract.source.SourceResumeSuite;
import io.millrace.testkit.servers.PostgresServer;

/** What depends on a shared snapshot, on a database that shares none. */
final class UnsharedContractTest
    implements SourceFullRefreshSuite, SourceIncrementalSuite, SourceResumeSuite {
  private static final PostgresSourceFixture FIXTURE = unshared();

  private static PostgresSourceFixture unshared() {
    PostgresSourceFixture fixture = new PostgresSourceFixture("Standard");
    PostgresServer.shared()
        .execute(fixture.database(), "REVOKE EXECUTE ON FUNCTION pg_export_snapshot() FROM PUBLIC");
    return fixture;
  }

  @Override
  public SourceFixture fixture() {
    return FIXTURE;
  }
}
