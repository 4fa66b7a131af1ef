package io.millrace.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.TransientException;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Of a PostgreSQL that cannot be the store one sentence says why, and what to do. */
final class RefusedStoreTest {
  private static final String RULES =
      """
      host all postgres all trust
      host all out all reject
      hostssl all tls all scram-sha-256
      host all +guests all trust
      host all me all scram-sha-256
      """;

  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.builder().files(RefusedStoreTest::rules).start();
    server.execute(
        "postgres",
        "CREATE ROLE guests",
        "CREATE ROLE guest LOGIN IN ROLE guests",
        "CREATE ROLE me LOGIN PASSWORD 'right'",
        "CREATE ROLE out LOGIN",
        "CREATE ROLE tls LOGIN PASSWORD 'right'");
  }

  private static void rules(Path folder) {
    try {
      Files.writeString(folder.resolve("pg_hba.conf"), RULES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aDatabaseWithSomebodyElsesTables() {
    for (String[] tables :
        new String[][] {
          {"CREATE TABLE orders (id int)"},
          {
            "CREATE TABLE flyway_schema_history (installed_rank int)",
            "CREATE TABLE airbyte_x (i int)"
          },
          {"CREATE TABLE schema_history (id int)"},
          {
            "CREATE TABLE schema_history (installed_rank int, version text, script text)",
            "INSERT INTO schema_history VALUES (1, '1', 'V1__theirs.sql')"
          }
        }) {
      String database = server.newDatabase();
      server.execute(database, tables);
      refused(database, "postgres", null)
          .hasMessageContaining(
              "/"
                  + database
                  + " has tables that are not a Millrace store's. Give --database an"
                  + " empty database, or a schema of its own with ?currentSchema=NAME.");
    }
  }

  @Test
  void aSchemaOfItsOwnBesideThemWillDo() {
    String database = server.newDatabase();
    server.execute(database, "CREATE TABLE orders (id int)");
    refused(database + "?currentSchema=millrace", "guest", null)
        .hasMessageContaining("has no schema that its role may use (millrace)");
    server.execute(database, "CREATE SCHEMA millrace AUTHORIZATION guest");
    for (int i = 0; i < 2; i++) {
      try (Database store =
          Database.open(url(database + "?currentSchema=millrace", "guest", null))) {
        assertThat(store.healthy()).isTrue();
      }
    }
  }

  @Test
  void aRoleThatMayMakeNoTables() {
    String database = server.newDatabase();
    refused(database, "guest", null)
        .hasMessageContaining("does not let its role make or use the store's tables")
        .hasMessageContaining("schema public")
        .hasMessageContaining("GRANT USAGE, CREATE ON SCHEMA");
  }

  @Test
  void aStoreOfAnotherRole() {
    String database = server.newDatabase();
    Database.open(url(database, "postgres", null)).close();
    refused(database, "guest", null)
        .hasMessageContaining("schema_history")
        .hasMessageContaining("the role that owns them");
  }

  @Test
  void aDatabaseThatIsOnlyRead() {
    String database = server.newDatabase();
    server.execute(
        database, "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
    refused(database, "postgres", null).hasMessageContaining("can only be read");
  }

  @Test
  void anOldVersion() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://" + PostgresServer.HOST + ":" + server.port() + "/postgres");
    source.setUser("postgres");
    assertThatThrownBy(() -> RefusedStore.look(source, url("postgres", "postgres", null), 99))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "is of a PostgreSQL "
                + server.majorVersion()
                + "; the metadata store needs PostgreSQL 99 or newer.");
  }

  @Test
  void aLoginThatIsRefused() {
    refused("postgres", "me", "wrong")
        .hasMessageContaining("refuses the login")
        .hasMessageContaining("\"me\"")
        .hasMessageNotContaining("wrong");
    refused("postgres", "me", null).hasMessageContaining("Correct user, password");
    refused("postgres", "nobody", null)
        .hasMessageContaining("does not let the role in")
        .hasMessageContaining("pg_hba.conf");
    refused("postgres", "out", null).hasMessageContaining("pg_hba.conf");
    refused("postgres", "tls", "right").hasMessageContaining("?sslmode=require");
    refused("postgres?sslmode=require", "postgres", null)
        .hasMessageContaining("refuses the connection")
        .hasMessageContaining("sslmode");
    refused("nowhere", "postgres", null)
        .hasMessageContaining("/nowhere does not exist. Make it (CREATE DATABASE)");
  }

  @Test
  void aServerThatTakesNoMoreIsTriedAgainLater() {
    String database = server.newDatabase();
    server.execute(database, "ALTER ROLE me CONNECTION LIMIT 0");
    assertThatThrownBy(() -> Database.open(url(database, "me", "right")))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("takes no connection now");
    server.execute(database, "ALTER ROLE me CONNECTION LIMIT -1");
  }

  private static AbstractThrowableAssert<?, ?> refused(
      String database, String user, @Nullable String password) {
    return assertThatThrownBy(() -> Database.open(url(database, user, password)))
        .as(database + " as " + user)
        .isInstanceOf(ConfigException.class);
  }

  private static DatabaseUrl url(String database, String user, @Nullable String password) {
    return new DatabaseUrl.Postgres(
        "jdbc:postgresql://" + PostgresServer.HOST + ":" + server.port() + "/" + database,
        user,
        password);
  }
}
