package io.millrace.server.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.actor.ActorId;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.query.DuckDbQuery;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL at real destinations. */
final class DestinationSqlTest {
  private static final ActorId WAREHOUSE = new ActorId(UUID.randomUUID());

  @TempDir private Path folder;

  @Test
  void runsInPostgresAllOrNothing() throws Exception {
    String database = PostgresServer.shared().newDatabase();
    SqlRunner sql =
        runner(
            "destination-postgres",
            "postgresql://%s@%s:%s/%s"
                .formatted(
                    PostgresServer.USER,
                    PostgresServer.HOST,
                    PostgresServer.shared().port(),
                    database));
    sql.run(WAREHOUSE, List.of("CREATE TABLE one (n int)", "INSERT INTO one VALUES (1)"));
    assertThatThrownBy(
            () -> sql.run(WAREHOUSE, List.of("INSERT INTO one VALUES (2)", "SELECT nothing")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Could not run statement 2")
        .hasMessageContaining("nothing");
    assertThat(rows(database)).isEqualTo(1);
  }

  @Test
  void endsAtAnInterrupt() throws Exception {
    String database = PostgresServer.shared().newDatabase();
    SqlRunner sql =
        runner(
            "destination-postgres",
            "postgresql://%s@%s:%s/%s"
                .formatted(
                    PostgresServer.USER,
                    PostgresServer.HOST,
                    PostgresServer.shared().port(),
                    database));
    sql.run(WAREHOUSE, List.of("CREATE TABLE one (n int)"));
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              sql.run(WAREHOUSE, List.of("INSERT INTO one VALUES (1)", "SELECT pg_sleep(600)"));
              return true;
            });
    Thread thread = Thread.ofVirtual().start(task);
    Thread.sleep(500);
    thread.interrupt();
    thread.join();
    assertThat(task.state()).isEqualTo(FutureTask.State.FAILED);
    assertThat(task.exceptionNow()).isInstanceOf(InterruptedException.class);
    assertThat(rows(database)).isZero();
  }

  @Test
  void runsInDuckDbAllOrNothing() throws Exception {
    Path file = folder.resolve("shop.duckdb");
    SqlRunner sql = runner("destination-duckdb", "duckdb:" + file);
    sql.run(WAREHOUSE, List.of("CREATE TABLE one (n int)", "INSERT INTO one VALUES (1)"));
    assertThatThrownBy(
            () -> sql.run(WAREHOUSE, List.of("INSERT INTO one VALUES (2)", "SELECT nothing")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Statement 2 failed")
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> sql.run(WAREHOUSE, List.of("COPY one TO '" + file + ".csv'")))
        .isInstanceOf(ConfigException.class);
    DuckDbQuery.run(
        file,
        "SELECT count(*) FROM one",
        DuckDbQuery.ALL,
        result -> {
          assertThat(result.next()).isTrue();
          assertThat(result.text(0)).isEqualTo("1");
        });
  }

  @Test
  void saysWhereThereIsNoSql() {
    assertThatThrownBy(
            () -> runner("destination-local-files", folder.toString()).run(WAREHOUSE, List.of("x")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The destination destination-local-files runs no SQL; take the SQL action away.");
  }

  private SqlRunner runner(String connector, String uri) {
    ConnectorDefinition<?> definition = ConnectorRegistry.load().find(connector);
    Endpoint endpoint =
        new Endpoint(definition, definition.uriForm().toConfig().apply(uri), folder, "warehouse");
    return new DestinationSql(id -> endpoint, Clock.systemUTC());
  }

  private static int rows(String database) throws SQLException {
    String url =
        "jdbc:postgresql://%s:%s/%s"
            .formatted(PostgresServer.HOST, PostgresServer.shared().port(), database);
    try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, null);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM one")) {
      assertThat(result.next()).isTrue();
      return result.getInt(1);
    }
  }
}
