package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgSettings;
import io.millrace.connectors.postgres.connect.SslMode;
import io.millrace.connectors.postgres.connect.TunnelMethod;
import io.millrace.spi.config.Field;
import io.millrace.spi.config.Secret;
import java.util.List;
import java.util.Optional;

/** The configuration of source-postgres, with Airbyte's names. */
public record PostgresSourceConfig(
    @Field(
            title = "Host",
            help = "Name or address of the database server.",
            examples = "db.example.com")
        String host,
    @Field(title = "Port", orElse = "5432", min = 1, max = 65_535) int port,
    @Field(title = "Database", help = "Name of the database.", examples = "shop") String database,
    @Field(
            title = "Schemas",
            help = "The schemas to read from. Left empty: all that the user may use.",
            orElse = "[]",
            examples = "[public, sales]")
        List<String> schemas,
    @Field(
            title = "User name",
            help = "It needs USAGE on the schemas and SELECT on the tables.",
            examples = "millrace")
        String username,
    @Field(title = "Password") Optional<Secret> password,
    @Field(
            title = "JDBC parameters",
            help =
                "Parameters that tune the connection, as key=value joined by &. What has a field of"
                    + " its own, loads code or writes files is refused.",
            examples = "connectTimeout=30&options=-c%20work_mem%3D64MB",
            advanced = true)
        Optional<String> jdbcUrlParams,
    @Field(title = "Encryption", orElse = "prefer") SslMode sslMode,
    @Field(
            title = "Replication method",
            help = "How incremental reads find what is new.",
            orElse = "Standard")
        ReplicationMethod replicationMethod,
    @Field(title = "SSH tunnel", orElse = "NO_TUNNEL") TunnelMethod tunnelMethod) {
  public PostgresSourceConfig {
    schemas = List.copyOf(schemas);
  }

  PgSettings settings() {
    return new PgSettings(
        host, port, database, username, password, sslMode, jdbcUrlParams, tunnelMethod);
  }
}
