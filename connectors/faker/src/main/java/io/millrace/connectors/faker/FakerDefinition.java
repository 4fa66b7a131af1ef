package io.millrace.connectors.faker;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StateCheck;
import io.millrace.spi.StreamState;
import io.millrace.spi.UriForm;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The source of sample data; name, id and options are those of Airbyte's {@code source-faker}. */
final class FakerDefinition implements SourceDefinition<FakerConfig>, StateCheck {
  private static final ConnectorInfo INFO =
      new ConnectorInfo(
          "source-faker",
          UUID.fromString("dfd88b22-b603-4c3d-aad7-3701784586b1"),
          "Sample Data",
          "Makes up users, products and purchases of a shop, for demonstrations and tests.");

  private static final UriForm URI =
      new UriForm(List.of("faker"), "faker:?count=1000&seed=7", FakerUri::toConfig);

  @Override
  public ConnectorInfo info() {
    return INFO;
  }

  @Override
  public Class<FakerConfig> configType() {
    return FakerConfig.class;
  }

  @Override
  public UriForm uriForm() {
    return URI;
  }

  @Override
  public Source open(FakerConfig config, ConnectorContext context) {
    return new FakerSource(config, context);
  }

  @Override
  public @Nullable String wrongWith(StreamState state, Schema fields) {
    return Planner.canRead(state)
        ? null
        : "\"version\" "
            + Tokens.VERSION
            + " and a \"token\" such as {\"next_id\": 101, \"seed\": 7, \"updated_at\":"
            + " \"2025-10-16T12:00:00Z\"}";
  }
}
