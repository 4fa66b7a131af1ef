package io.millrace.testkit.fake;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.UriForm;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Opens {@link FakeSource}s over one database, as {@code source-fake}.
 *
 * @param database what they read
 * @param options how they cut their work
 * @param faults what goes wrong in this process
 */
public record FakeSourceDefinition(
    FakeDatabase database, FakeSourceOptions options, FaultPlan faults)
    implements SourceDefinition<FakeConfig> {
  @Override
  public ConnectorInfo info() {
    return new ConnectorInfo(
        "source-fake",
        UUID.fromString("3a5f1c1e-0d3b-4a59-9a43-0f6d1b9e7c01"),
        "Fake",
        "Reads tables that live in the memory of a test.");
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
  public Source open(FakeConfig config, ConnectorContext context) {
    return new FakeSource(database, options, config.faults(faults), context);
  }
}
