package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipeline files with mappers, between real systems. */
final class MapperPipelineTest {
  private static final String KEY = "000102030405060708090a0b0c0d0e0f";
  private static final String STREAMS =
      """
      streams:
        - name: public.guests
          sync_mode: full_refresh_overwrite
          mappers:
            - type: row-filtering
              mapperConfiguration:
                conditions: {type: NOT, conditions: [{type: EQUAL, fieldName: room, comparisonValue: "7"}]}
            - type: hashing
              mapperConfiguration: {targetField: name, method: SHA-1, fieldNameSuffix: _hashed}
            - type: encryption
              mapperConfiguration:
                {algorithm: AES, targetField: doc, fieldNameSuffix: _x, key: "${env:GUEST_KEY}", mode: ECB, padding: PKCS5Padding}
            - type: field-renaming
              mapperConfiguration: {originalFieldName: at, newFieldName: arrived}
      """;

  @TempDir Path folder;
  private Program program = new Program(Path.of(""));
  private String database = "";

  @BeforeEach
  void guests() {
    program = new Program(folder).environment("GUEST_KEY", KEY);
    database = Shop.newDatabase();
    Shop.server()
        .execute(
            database,
            "CREATE TABLE guests (id bigint PRIMARY KEY, name text, room int, doc jsonb,"
                + " at timestamptz)",
            "INSERT INTO guests VALUES (1, 'abc', 1, '{\"a\": 1}', '2026-01-01Z'),"
                + " (2, 'Bo', 7, NULL, NULL), (3, NULL, NULL, NULL, '2026-01-03Z')");
  }

  @Test
  void postgresToPostgres() throws InterruptedException {
    String target = Shop.server().newDatabase();
    program.file(
        "guests.yaml",
        Shop.source(database, "postgres", "")
            + Shop.source(target, "postgres", "").replace("source", "destination")
            + STREAMS);

    Run run = program.run("sync", "guests.yaml", "--output", "json");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.stream("guests").path("rows_read").asLong()).isEqualTo(3);
    assertThat(run.stream("guests").path("rows_filtered").asLong()).isEqualTo(1);
    assertThat(run.stream("guests").path("rows_written").asLong()).isEqualTo(2);
    assertThat(run.toString()).doesNotContain(KEY);
    assertThat(
            Shop.count(
                target,
                "SELECT count(*) FROM guests WHERE id = 1 AND arrived = '2026-01-01Z'"
                    + " AND name_hashed = 'a9993e364706816aba3e25717850c26c9cd0d89d'"
                    + " AND length(doc_x) = 32"))
        .isEqualTo(1);
    assertThat(
            Shop.count(
                target, "SELECT count(*) FROM guests WHERE name_hashed IS NULL AND doc_x IS NULL"))
        .isEqualTo(1);
  }

  @Test
  void postgresToDuckDb() throws InterruptedException {
    program.file(
        "guests.yaml",
        Shop.source(database, "postgres", "") + Shop.duckDb("guests.duckdb") + STREAMS);

    Run run = program.run("sync", "guests.yaml", "--output", "json");

    assertThat(run.code()).as(run.toString()).isZero();
    Run rows =
        program.run(
            "query",
            "guests.duckdb",
            "SELECT id, name_hashed, room, arrived::date AS day FROM guests ORDER BY id",
            "--csv");
    assertThat(rows.out())
        .contains("1,a9993e364706816aba3e25717850c26c9cd0d89d,1,2026-01-01")
        .contains("3,,,2026-01-03")
        .doesNotContain("2,");
  }

  @Test
  void aMistakeNamesItsPlaceValueAndWhatWasExpected() throws InterruptedException {
    program.file(
        "guests.yaml",
        Shop.source(database, "postgres", "")
            + Shop.duckDb("guests.duckdb")
            + STREAMS.replace("SHA-1", "SHA-3"));

    Run run = program.run("sync", "guests.yaml");

    assertThat(run.code()).isNotZero();
    assertThat(run.err())
        .contains(
            "guests.yaml: streams[0].mappers[1].mapperConfiguration.method: expected one of"
                + " \"MD2\",")
        .contains("found \"SHA-3\"")
        .doesNotContain(KEY);
  }
}
