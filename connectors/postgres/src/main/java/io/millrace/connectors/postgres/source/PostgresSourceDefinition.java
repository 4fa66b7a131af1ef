package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PostgresUri;
import io.millrace.spi.AirbyteStates;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StateCheck;
import io.millrace.spi.StreamState;
import io.millrace.spi.UriForm;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Describes source-postgres. */
public final class PostgresSourceDefinition
    implements SourceDefinition<PostgresSourceConfig>, AirbyteStates, StateCheck {
  private static final ConnectorInfo INFO =
      new ConnectorInfo(
          "source-postgres",
          UUID.fromString("decd338e-5647-4c0b-adf4-da0e75f5a750"),
          "PostgreSQL",
          "Reads tables and views of PostgreSQL 12 to 18 by binary COPY, several ranges at once.");

  @Override
  public ConnectorInfo info() {
    return INFO;
  }

  @Override
  public Class<PostgresSourceConfig> configType() {
    return PostgresSourceConfig.class;
  }

  @Override
  public UriForm uriForm() {
    return new UriForm(
        PostgresUri.SCHEMES,
        "postgresql://user@localhost:5432/shop?sslmode=require",
        PostgresUri::toSourceConfig);
  }

  @Override
  public Source open(PostgresSourceConfig config, ConnectorContext context) {
    return new PostgresSource(
        config, context, Ranges.DEFAULT.ofAtLeast(context.tuning().partitionBytesTarget()));
  }

  /** A cursor is a position anywhere; ids of transactions and of the log mean nothing here. */
  @Override
  public @Nullable StreamState ofAirbyte(String state) {
    @Nullable Progress progress = Progress.ofAirbyte(state);
    return progress == null ? null : progress.write();
  }

  @Override
  public @Nullable String wrongWith(StreamState state, Schema fields) {
    return StateForm.wrongWith(state, fields);
  }
}
