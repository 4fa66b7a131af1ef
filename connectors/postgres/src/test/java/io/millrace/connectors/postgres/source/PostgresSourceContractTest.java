package io.millrace.connectors.postgres.source;

import io.millrace.testkit.contract.source.SourceContract;
import io.millrace.testkit.contract.source.SourceFixture;

/** The whole contract, with a cursor. */
final class PostgresSourceContractTest implements SourceContract {
  private static final PostgresSourceFixture FIXTURE = new PostgresSourceFixture("Standard");

  @Override
  public SourceFixture fixture() {
    return FIXTURE;
  }
}
