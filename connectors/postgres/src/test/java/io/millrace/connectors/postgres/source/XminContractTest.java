package io.millrace.connectors.postgres.source;

import io.millrace.testkit.contract.source.SourceFixture;
import io.millrace.testkit.contract.source.SourceIncrementalSuite;
import io.millrace.testkit.contract.source.SourceResumeSuite;

/** What depends on how new rows are found, by transaction ids alone. */
final class XminContractTest implements SourceIncrementalSuite, SourceResumeSuite {
  private static final PostgresSourceFixture FIXTURE = new PostgresSourceFixture("Xmin");

  @Override
  public SourceFixture fixture() {
    return FIXTURE;
  }
}
