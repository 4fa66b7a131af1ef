package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgSettings;
import io.millrace.connectors.postgres.connect.SslMode;
import io.millrace.connectors.postgres.connect.TunnelMethod;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.TableLayout;
import io.millrace.spi.config.Field;
import io.millrace.spi.config.Secret;
import java.util.Optional;

/** The configuration of destination-postgres. Field names are Airbyte's where Airbyte has them. */
public record PostgresDestinationConfig(
    @Field(title = "Host", help = "Name or address of the server.", examples = "localhost")
        String host,
    @Field(title = "Port", orElse = "5432", min = 1, max = 65_535) int port,
    @Field(title = "Database", help = "Name of the database.", examples = "warehouse")
        String database,
    @Field(
            title = "Default schema",
            help =
                "Where tables go whose stream names no other schema. It is made when it is missing.",
            orElse = "public")
        String schema,
    @Field(
            title = "User",
            help = "It needs the right to create tables in the schema.",
            examples = "millrace")
        String username,
    @Field(title = "Password") Optional<Secret> password,
    @Field(
            title = "Encryption",
            help = "Whether the connection is encrypted and the server's certificate is checked.",
            orElse = "prefer")
        SslMode sslMode,
    @Field(
            title = "JDBC parameters",
            help = "Further parameters of the driver, as key=value pairs joined by &.",
            examples = "connectTimeout=30",
            advanced = true)
        Optional<String> jdbcUrlParams,
    @Field(
            title = "SSH tunnel",
            help = "Whether the server is reached through an SSH server.",
            orElse = "NO_TUNNEL")
        TunnelMethod tunnelMethod,
    @Field(
            title = "Table layout",
            help = "One column for each field, or the row as JSON in one column.",
            orElse = "typed")
        TableLayout layout,
    @Field(
            title = "Metadata columns",
            help = "Whether Airbyte's four columns are added to tables with typed columns.",
            orElse = "full")
        MetadataColumns metadataColumns,
    @Field(
            title = "Unlogged staging",
            help =
                "Keeps rows that wait to be merged out of the write-ahead log, which is faster. A"
                    + " crash of the server during a sync then makes the sync begin again.",
            orElse = "false",
            advanced = true)
        boolean unloggedStaging,
    @Field(
            title = "Unconstrained numbers",
            help = "Makes decimal columns numeric without precision and scale.",
            orElse = "false",
            advanced = true)
        boolean unconstrainedNumber,
    @Field(
            title = "Encrypt",
            help = "Airbyte's older form of ssl_mode: true means require where ssl_mode is prefer.",
            orElse = "false",
            advanced = true)
        boolean ssl,
    @Field(
            title = "Raw tables only",
            help = "Airbyte's older form of layout: true means raw.",
            orElse = "false",
            advanced = true)
        boolean disableTypeDedupe,
    @Field(
            title = "Raw table schema",
            help =
                "Accepted from Airbyte's configurations and not used: rows waiting to be published"
                    + " are in the schema of their target.",
            advanced = true)
        Optional<String> rawDataSchema,
    @Field(
            title = "Drop with CASCADE",
            help =
                "Accepted from Airbyte's configurations and not used: views on a replaced table"
                    + " survive, and nothing is dropped with it.",
            orElse = "false",
            advanced = true)
        boolean dropCascade) {
  PgSettings settings() {
    SslMode effective = ssl && sslMode instanceof SslMode.Prefer ? new SslMode.Require() : sslMode;
    return new PgSettings(
        host, port, database, username, password, effective, jdbcUrlParams, tunnelMethod);
  }

  TableLayout tableLayout() {
    return disableTypeDedupe || layout == TableLayout.RAW ? TableLayout.RAW : TableLayout.TYPED;
  }
}
