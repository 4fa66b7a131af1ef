package io.millrace.testkit.contract.source;

import io.millrace.testkit.fake.FakeSourceOptions;

/** A source that knows no position within its one partition keeps the contract as well. */
final class CoarseSourceContractTest implements SourceContract {
  private final SourceFixture fixture =
      new FakeSourceFixture(FakeSourceOptions.DEFAULT.cut(1, 100, 0));

  @Override
  public SourceFixture fixture() {
    return fixture;
  }
}
