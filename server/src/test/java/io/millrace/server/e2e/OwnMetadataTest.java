package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that Airbyte wrote have columns named as those that we add. */
final class OwnMetadataTest {
  private static final String ROW = "1 abc 2026-01-02 03:04:05+00 {\"a\": 1} 7";
  private static final String COLUMNS =
      "concat_ws(' ', id, _airbyte_raw_id, _airbyte_extracted_at, _airbyte_meta,"
          + " _airbyte_generation_id)";

  @TempDir Path folder;
  private Program program = new Program(Path.of(""));
  private String source = "";

  @BeforeEach
  void table() {
    program = new Program(folder);
    source = Shop.server().newDatabase();
    Shop.server()
        .execute(
            source,
            "CREATE TABLE users (id int, _airbyte_raw_id varchar, _airbyte_extracted_at timestamptz,"
                + " _airbyte_meta jsonb, _airbyte_generation_id bigint)",
            "INSERT INTO users VALUES (1, 'abc', '2026-01-02 03:04:05Z', '{\"a\": 1}', 7)");
  }

  @Test
  void theyAreRefusedWithOneSentenceByEveryDestination() throws Exception {
    for (String target : List.of(postgres(), "duckdb:out.duckdb", "file:lake?format=csv")) {
      Run run = sync(target, "full");
      assertThat(run.code()).as(run.toString()).isEqualTo(2);
      assertThat(run.summary().at("/error/message").asText())
          .startsWith(
              "Stream public.users has columns of its own by names that the metadata columns have:"
                  + " _airbyte_raw_id, _airbyte_extracted_at, _airbyte_meta,"
                  + " _airbyte_generation_id.")
          .contains("metadata_columns: none");
    }
  }

  @Test
  void withoutMetadataColumnsPostgresAndDuckDbCarryThem() throws Exception {
    String target = Shop.server().newDatabase();
    assertThat(sync("postgresql://postgres@localhost:" + Shop.port() + "/" + target, "none").code())
        .isZero();
    try (Connection connection = Shop.server().connect(target)) {
      assertThat(text(connection, "SELECT " + COLUMNS + " FROM users")).isEqualTo(ROW);
      assertThat(text(connection, "SELECT pg_typeof(_airbyte_raw_id) FROM users"))
          .isEqualTo("character varying");
    }
    assertThat(sync("duckdb:out.duckdb", "none").code()).isZero();
    try (Connection connection =
        DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("out.duckdb"))) {
      assertThat(text(connection, "SELECT " + COLUMNS + " FROM users")).isEqualTo(ROW);
    }
  }

  @Test
  void withoutMetadataColumnsFilesCarryThem() throws Exception {
    assertThat(sync("file:parquet?format=parquet", "none").code()).isZero();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      String files = "'" + folder.resolve("parquet/users/*.parquet") + "'";
      assertThat(text(connection, "SELECT " + COLUMNS + " FROM " + files)).isEqualTo(ROW);
    }
    assertThat(sync("file:csv?format=csv", "none").code()).isZero();
    assertThat(content("csv/users"))
        .isEqualTo(
            """
            id,_airbyte_raw_id,_airbyte_extracted_at,_airbyte_meta,_airbyte_generation_id
            1,abc,2026-01-02 03:04:05+00,"{""a"": 1}",7
            """);
    program.file(
        "whole.yaml",
        Shop.source(source, "postgres", "")
            + "destination:\n  connector: destination-local-files\n  config:\n"
            + "    destination_path: json\n    metadata_columns: none\n"
            + "    format: {format_type: JSONL, flattening: No flattening}\n");
    assertThat(program.run("sync", "whole.yaml", "--output", "json").code()).isZero();
    assertThat(content("json/users"))
        .isEqualTo(
            "{\"_airbyte_data\":{\"id\":1,\"_airbyte_raw_id\":\"abc\",\"_airbyte_extracted_at\":"
                + "\"2026-01-02T03:04:05.000000Z\",\"_airbyte_meta\":{\"a\": 1},"
                + "\"_airbyte_generation_id\":7}}\n");
  }

  private String content(String of) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(of))) {
      return Files.readString(
          files
              .filter(file -> file.toString().matches(".*\\.(csv|jsonl)"))
              .findFirst()
              .orElseThrow());
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (connection.getMetaData().getDatabaseProductName().equals("DuckDB")) {
        statement.execute("SET TimeZone = 'UTC'");
      } else {
        statement.execute("SET timezone = 'UTC'");
      }
      try (ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private String postgres() {
    return "postgresql://postgres@localhost:" + Shop.port() + "/" + Shop.server().newDatabase();
  }

  private Run sync(String target, String metadata) throws InterruptedException {
    return program.run(
        "sync",
        "postgresql://postgres@localhost:" + Shop.port() + "/" + source,
        target,
        "--stream",
        "public.users",
        "--metadata-columns",
        metadata,
        "--output",
        "json");
  }
}
