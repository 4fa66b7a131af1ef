package io.millrace.testkit.contract.destination;

import io.millrace.spi.WriteMode;
import io.millrace.testkit.fake.FakeDestinationOptions;
import java.util.Set;

/** A destination that only appends keeps the contract, refusals included. */
final class AppendOnlyContractTest implements DestinationContract {
  private final DestinationFixture fixture =
      new FakeDestinationFixture(
          FakeDestinationOptions.DEFAULT.supporting(Set.of(WriteMode.APPEND)));

  @Override
  public DestinationFixture fixture() {
    return fixture;
  }
}
