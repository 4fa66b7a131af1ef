package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes that are seen before the first row: exit code 2 and a sentence that says what to do. */
final class BeforeFirstRowTest {
  private static final String TARGET = Shop.duckDb("out.duckdb");
  private static String database = "";

  @TempDir Path folder;
  private Program program = new Program(Path.of(""));

  @BeforeAll
  static void shop() {
    database = Shop.newDatabase();
    Shop.server().execute(database, "CREATE TABLE notes (body jsonb)");
  }

  @BeforeEach
  void program() {
    program = new Program(folder);
  }

  @Test
  void aWrongPassword() throws InterruptedException {
    program.environment("SHOP_PASSWORD", "wrong one");
    Run run =
        refused(
            "wrong-password",
            Shop.source(database, Shop.LOCKED, ", password: \"${env:SHOP_PASSWORD}\"") + TARGET);
    assertThat(run.out() + run.err()).doesNotContain("wrong one");
  }

  @Test
  void aMissingDatabase() throws InterruptedException {
    refused("missing-database", Shop.source("shopp", "postgres", "") + TARGET);
  }

  @Test
  void anUnknownHost() throws InterruptedException {
    refused(
        "unknown-host",
        """
        source:
          connector: source-postgres
          config: {host: db.invalid, port: 5432, database: shop, username: me}
        """
            + TARGET);
  }

  @Test
  void badYaml() throws InterruptedException {
    refused("bad-yaml", "source: {connector: source-postgres\ndestination: x\n");
  }

  @Test
  void anUnknownKey() throws InterruptedException {
    refused(
        "unknown-key",
        Shop.source(database, "postgres", ", databse: shop") + TARGET + "stream: [orders]\n");
  }

  @Test
  void anUnknownConnector() throws InterruptedException {
    refused("unknown-connector", "source: {connector: source-postgress, config: {}}\n" + TARGET);
  }

  @Test
  void anUnknownMode() throws InterruptedException {
    refused(
        "unknown-mode",
        postgres() + TARGET + "streams: [{name: public.orders, sync_mode: incremental}]\n");
  }

  @Test
  void anUnknownField() throws InterruptedException {
    refused(
        "unknown-field",
        postgres() + TARGET + "streams: [{name: public.orders, columns: [id, totl]}]\n");
  }

  @Test
  void anUnsetVariable() throws InterruptedException {
    refused(
        "unset-variable",
        Shop.source(database, Shop.LOCKED, ", password: \"${env:SHOP_PASSWORD}\"") + TARGET);
  }

  @Test
  void aMissingTable() throws InterruptedException {
    refused("missing-table", postgres() + TARGET + "streams: [public.ordres]\n");
  }

  @Test
  void aMissingCursorColumn() throws InterruptedException {
    refused(
        "missing-cursor-column",
        postgres()
            + TARGET
            + "streams: [{name: public.orders, sync_mode: incremental_append,"
            + " cursor_field: changed_at}]\n");
  }

  @Test
  void aModeThatTheTableCannotServe() throws InterruptedException {
    refused(
        "no-cursor",
        Shop.source(database, "postgres", ", replication_method: {method: Standard}")
            + TARGET
            + "streams: [{name: public.notes, sync_mode: incremental_append}]\n");
  }

  @Test
  void aFolderThatIsAFile() throws InterruptedException {
    program.file("notes", "a file");
    refused("unwritable-file", postgres() + Shop.duckDb("notes/out.duckdb"));
  }

  @Test
  void aSchemaWithoutTheRightToWrite() throws InterruptedException {
    refused(
        "unwritable-schema",
        postgres()
            + "destination:\n  connector: destination-postgres\n  config: {host: localhost, port: "
            + Shop.port()
            + ", database: "
            + database
            + ", username: "
            + Shop.READER
            + ", schema: lake}\n");
  }

  @Test
  void anUnknownOption() throws InterruptedException {
    program
        .run("sync", "shop.yaml", "--output", "json", "--strem", "orders")
        .fails(2, "unknown-option", 0);
  }

  @Test
  void aMissingPipelineFile() throws InterruptedException {
    program.run("sync", "shpo.yaml", "--output", "json").fails(2, "missing-file", 0);
  }

  private static String postgres() {
    return Shop.source(database, "postgres", "");
  }

  private Run refused(String golden, String pipeline) throws InterruptedException {
    return program
        .file("shop.yaml", pipeline)
        .run("sync", "shop.yaml", "--output", "json")
        .fails(2, golden, Shop.port());
  }
}
