package io.millrace.testkit.fake;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.UriForm;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Opens {@link FakeDestination}s over one store, as {@code destination-fake}.
 *
 * @param store what they fill
 * @param options what they can do
 * @param faults what goes wrong in this process
 */
public record FakeDestinationDefinition(
    FakeStore store, FakeDestinationOptions options, FaultPlan faults)
    implements DestinationDefinition<FakeConfig> {
  @Override
  public ConnectorInfo info() {
    return new ConnectorInfo(
        "destination-fake",
        UUID.fromString("3a5f1c1e-0d3b-4a59-9a43-0f6d1b9e7c02"),
        "Fake",
        "Fills tables that live in the memory of a test.");
  }

  @Override
  public Class<FakeConfig> configType() {
    return FakeConfig.class;
  }

  @Override
  public UriForm uriForm() {
    return new UriForm(
        List.of("fake"),
        "fake:fake",
        uri -> Map.of("host", uri.substring(uri.indexOf(':') + 1), "password", ""));
  }

  @Override
  public Destination open(FakeConfig config, ConnectorContext context) {
    return new FakeDestination(store, options, config.faults(faults));
  }
}
