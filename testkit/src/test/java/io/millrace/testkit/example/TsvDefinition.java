package io.millrace.testkit.example;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.UriForm;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Declares {@code source-tsv}. */
final class TsvDefinition implements SourceDefinition<TsvConfig> {
  @Override
  public ConnectorInfo info() {
    return new ConnectorInfo(
        "source-tsv",
        UUID.fromString("5d2c9a0e-6f0b-4c3e-9d59-2f1b7f8f7a11"),
        "TSV files",
        "Reads a folder of tab-separated files and what is appended to them.");
  }

  @Override
  public Class<TsvConfig> configType() {
    return TsvConfig.class;
  }

  @Override
  public UriForm uriForm() {
    return new UriForm(
        List.of("tsv"),
        "tsv:/data/exports",
        uri -> Map.of("folder", uri.substring("tsv:".length())));
  }

  @Override
  public Source open(TsvConfig config, ConnectorContext context) {
    return new TsvSource(context.resolve(config.folder()), context);
  }
}
