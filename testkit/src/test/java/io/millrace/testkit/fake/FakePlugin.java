package io.millrace.testkit.fake;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorPlugin;
import java.util.List;

/** Offers the fakes, over nothing, so that the suites find them. */
public final class FakePlugin implements ConnectorPlugin {
  @Override
  public List<ConnectorDefinition<?>> connectors() {
    return List.of(
        new FakeSourceDefinition(new FakeDatabase(), FakeSourceOptions.DEFAULT, FaultPlan.none()),
        new FakeDestinationDefinition(
            new FakeStore(), FakeDestinationOptions.DEFAULT, FaultPlan.none()));
  }
}
