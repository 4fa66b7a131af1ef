package io.millrace.testkit.contract.destination;

import io.millrace.testkit.fake.FakeDestinationOptions;

/** The fake destination keeps the whole contract. */
final class FakeDestinationContractTest implements DestinationContract {
  private final DestinationFixture fixture =
      new FakeDestinationFixture(FakeDestinationOptions.DEFAULT);

  @Override
  public DestinationFixture fixture() {
    return fixture;
  }
}
