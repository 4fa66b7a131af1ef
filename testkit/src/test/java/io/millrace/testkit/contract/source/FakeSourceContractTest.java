package io.millrace.testkit.contract.source;

import io.millrace.testkit.fake.FakeSourceOptions;

/** The fake source keeps the whole contract. */
final class FakeSourceContractTest implements SourceContract {
  private final SourceFixture fixture =
      new FakeSourceFixture(FakeSourceOptions.DEFAULT.cut(3, 30, 1));

  @Override
  public SourceFixture fixture() {
    return fixture;
  }
}
