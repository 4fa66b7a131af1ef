package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.destination.PostgresDestinationConfig;
import io.millrace.connectors.postgres.destination.PostgresDestinationDefinition;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Destination;
import io.millrace.spi.EncodedSource;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TargetName;
import io.millrace.spi.config.ConfigReader;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.contract.encoded.EncodedRowsFixture;
import io.millrace.testkit.contract.encoded.EncodedRowsSuite;
import io.millrace.testkit.servers.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows pass from PostgreSQL to PostgreSQL in COPY's binary form as they do decoded. */
final class EncodedRowsContractTest implements EncodedRowsSuite {
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "yes",
          "small",
          "whole",
          "single",
          "wide",
          "price",
          "any_number",
          "day",
          "clock",
          "local",
          "moment",
          "brief",
          "words",
          "any_varchar",
          "code",
          "padded",
          "bytes",
          "doc",
          "docb",
          "uid",
          "dom");

  @RegisterExtension final AllocatorExtension allocators = new AllocatorExtension();

  @Override
  public EncodedRowsFixture encodedRows() {
    SourceRig rig = new SourceRig(allocators.allocator());
    rig.execute(
        "CREATE DOMAIN age AS int CHECK (VALUE >= 0)",
        """
        CREATE TABLE wire (id bigint, yes boolean, small smallint, whole int, single real,
          wide double precision, price numeric(15,2), any_number numeric, day date, clock time,
          local timestamp, moment timestamptz, brief timestamptz(3), words text,
          any_varchar varchar, code varchar(20), padded char(7), bytes bytea, doc json, docb jsonb,
          uid uuid, dom age)
        """,
        """
        INSERT INTO wire SELECT i, i % 2 = 0, i, -i, i / 7.0, i / 7.0::float8, i * 1.07, i / 7.0,
          date '2000-01-01' + i, time '00:00' + i * interval '1.000001 s', now()::timestamp, now(),
          now(), repeat('ä€😀', i % 9), 'v' || i, 'c' || i, 'p' || i, decode(md5(i::text), 'hex'),
          json_build_object('i', i), jsonb_build_object('i', i), md5(i::text)::uuid, i
          FROM generate_series(1, 1500) i
        """,
        """
        INSERT INTO wire VALUES
          (2001, false, -32768, -2147483648, 'NaN', '-Infinity', 'NaN', 'NaN', '-infinity',
           '24:00', 'infinity', '4714-11-24 00:00+00 BC', '-infinity', '', '', '', '', '', '1',
           '1', '00000000-0000-0000-0000-000000000000', 0),
          (2002, true, 32767, 2147483647, 'Infinity', '-0.0', -9999999999999.99,
           -1e-200, '4714-11-24 BC', '00:00', '294246-12-31 23:59:59.999999', 'infinity',
           '0044-03-15 12:00+00 BC', E'tab\\tline\\nslash\\\\', E'\\\\N', E'\\\\.', '       ',
           '\\x00ff00', '{"a" :  1, "a":2}', '{"z": 1.50, "a": [1e400]}',
           'ffffffff-ffff-ffff-ffff-ffffffffffff', 2147483647),
          (2003, null, null, null, null, null, null, 1e300, null, null, null, null, null, null,
           null, null, null, null, null, null, null, null),
          (2004, true, 0, 0, 1e-45, 4.9e-324, 0.00, 0.000, '5874897-12-31', '23:59:59.999999',
           '1970-01-01', '1970-01-01 00:00+00', 'epoch', repeat('x', 100000), 'y', 'z', 'a',
           decode(repeat('00', 70000), 'hex'), 'null', 'null', md5('x')::uuid, 1)
        """);
    Destination destination =
        new PostgresDestinationDefinition()
            .open(
                ConfigReader.read(
                    PostgresDestinationConfig.class,
                    Map.of(
                        "host",
                        PostgresServer.HOST,
                        "port",
                        rig.server.port(),
                        "database",
                        rig.database,
                        "username",
                        PostgresServer.USER,
                        "schema",
                        "landed")),
                rig.context.connector());
    ConfiguredStream stream =
        new ConfiguredStream(
            new StreamName("public", "wire"),
            COLUMNS,
            SyncMode.FULL_REFRESH_OVERWRITE,
            null,
            List.of(),
            Set.of("postgresql"));
    return new EncodedRowsFixture(
        (EncodedSource) rig.open(), destination, stream, target -> texts(rig, target));
  }

  private static List<String> texts(SourceRig rig, TargetName target) throws SQLException {
    try (Connection jdbc = rig.server.connect(rig.database);
        Statement statement = jdbc.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT t::text FROM " + target.identity() + " AS t")) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
