package io.millrace.connectors.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import io.millrace.testkit.servers.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

final class PgErrorRuleTest {
  @Test
  void everyRuleAnswersForItsExample() {
    Set<String> prefixes = new HashSet<>();
    for (PgErrorRule rule : PgErrorRule.RULES) {
      assertThat(prefixes.add(rule.statePrefix() + rule.words())).as(rule.statePrefix()).isTrue();
      String state = (rule.statePrefix() + "ZZZZZ").substring(0, 5);
      ConnectorException made = PgErrors.translate(server(state, rule.example()), "do it");
      assertThat(made).isInstanceOf(type(rule.kind()));
      assertThat(made.code()).isEqualTo(rule.code()).matches("[a-z_]+");
      assertThat(made.userMessage())
          .isEqualTo(
              "Could not do it: "
                  + rule.advice()
                  + " ("
                  + rule.example()
                  + ", SQLSTATE "
                  + state
                  + ")");
      assertThat(rule.advice()).endsWith(".");
    }
  }

  @Test
  void theLongestPrefixWins() {
    assertThat(PgErrorRule.of("53100", "").code()).isEqualTo("disk_full");
    assertThat(PgErrorRule.of("53200", "").code()).isEqualTo("server_resources");
    assertThat(PgErrorRule.of("57P04", "").code()).isEqualTo("no_such_database");
    assertThat(PgErrorRule.of("57P01", "").code()).isEqualTo("server_stopped");
    assertThat(PgErrorRule.of("XX000", "")).isEqualTo(PgErrorRule.UNSORTED);
    assertThat(PgErrorRule.of("", "")).isEqualTo(PgErrorRule.UNSORTED);
  }

  /** One state stands for all of these. */
  @Test
  void aRealServersWordsTellCasesApart() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    String database = server.newDatabase();
    String closed = server.newDatabase();
    server.execute(
        database,
        "CREATE MATERIALIZED VIEW m AS SELECT 1 AS id WITH NO DATA",
        "CREATE TABLE t (id int)",
        "CREATE PUBLICATION p FOR TABLE t",
        "ALTER DATABASE " + closed + " ALLOW_CONNECTIONS false");
    assertThat(code(database, "SELECT * FROM m")).isEqualTo("not_populated");
    assertThat(code(database, "DELETE FROM t")).isEqualTo("no_replica_identity");
    assertThat(code(database, "SELECT lastval()")).isEqualTo("not_ready");
    assertThat(code(closed, "SELECT 1")).isEqualTo("database_closed");
  }

  private static String code(String database, String statement) {
    PostgresServer server = PostgresServer.shared();
    String url =
        "jdbc:postgresql://"
            + PostgresServer.HOST
            + ":"
            + server.port()
            + "/"
            + database
            + "?user="
            + PostgresServer.USER;
    try (Connection connection = DriverManager.getConnection(url);
        Statement run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo("55000");
      return PgErrors.translate(e, "do it").code();
    }
    throw new AssertionError(statement + " went well");
  }

  private static PSQLException server(String state, String message) {
    return new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0M" + message + "\0"));
  }

  private static Class<? extends ConnectorException> type(PgErrorRule.Kind kind) {
    return switch (kind) {
      case CONFIG -> ConfigException.class;
      case TRANSIENT -> TransientException.class;
      case SYSTEM -> SystemException.class;
    };
  }
}
