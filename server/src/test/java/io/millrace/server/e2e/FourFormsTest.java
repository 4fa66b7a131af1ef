package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One sync, said in each of the four forms, leaves the same table. */
final class FourFormsTest {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Says types and values, without what differs from sync to sync. Messages carry the values of
   * JSON columns, not their spaces.
   */
  private static final String CONTENT =
      "SELECT * EXCLUDE (_airbyte_raw_id, _airbyte_extracted_at, _airbyte_meta,"
          + " _airbyte_generation_id) REPLACE (json(doc) AS doc),"
          + " (SELECT string_agg(column_name || ' ' || data_type, ', ' ORDER BY ordinal_position)"
          + " FROM information_schema.columns WHERE table_name = 'kinds'"
          + " AND table_schema = 'public') AS types"
          + " FROM public.kinds ORDER BY id";

  @TempDir Path folder;
  private Program program = new Program(Path.of(""));
  private String database = "";

  @BeforeEach
  void kinds() {
    program = new Program(folder);
    database = Shop.newDatabase();
    Shop.server()
        .execute(
            database,
            "CREATE TABLE kinds (id bigint PRIMARY KEY, small smallint, price numeric(15,2),"
                + " ratio double precision, flag boolean, body text, raw bytea, day date,"
                + " at timestamptz, local timestamp, clock time, doc jsonb, ident uuid,"
                + " tags text[], huge numeric)",
            "INSERT INTO kinds VALUES (1, -3, 1234567890123.45, 0.1, true, E'a \"b\"\\n''c''',"
                + " '\\x00ff', '2024-02-29', '2024-02-29 23:59:59.123456+02',"
                + " '1999-12-31 00:00:00', '12:34:56.789', '{\"a\": [1, 2.50]}',"
                + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{x,NULL,\"y,z\"}', 'NaN'),"
                + " (2, NULL, NULL, 'NaN', NULL, '', '', NULL, NULL, NULL, NULL, NULL, NULL,"
                + " '{}', 123456789012345678901234567890123456789012.5),"
                + " (9223372036854775807, 32767, -0.01, '-Infinity', false, 'ÄÖ 漢字 🙂',"
                + " NULL, '0001-01-01', '1970-01-01Z', '2262-04-12', '23:59:59.999999', '[]',"
                + " NULL, NULL, 0)");
  }

  @Test
  void allFormsLeaveOneResult() throws InterruptedException {
    String one = oneLine();
    assertThat(one.lines().count()).isGreaterThan(3);
    assertThat(pipelineFile()).as("a pipeline file").isEqualTo(one);
    configurationFiles();
    assertThat(airbyteFiles()).as("Airbyte's files").isEqualTo(one);
    assertThat(readAndWrite()).as("connector by connector").isEqualTo(one);
  }

  private String oneLine() throws InterruptedException {
    succeed(
        program.run(
            "sync",
            "postgresql://postgres@localhost:" + Shop.port() + "/" + database,
            "duckdb:one.duckdb",
            "--stream",
            "public.kinds",
            "--namespace",
            "source"));
    return content("one.duckdb");
  }

  private String pipelineFile() throws InterruptedException {
    program.file(
        "kinds.yaml",
        Shop.source(database, "postgres", "")
            + Shop.duckDb("file.duckdb")
            + "streams: [public.kinds]\nnamespace: source\n");
    succeed(program.run("sync", "kinds.yaml"));
    return content("file.duckdb");
  }

  private void configurationFiles() throws InterruptedException {
    program.file(
        "source.json",
        "{\"host\": \"localhost\", \"port\": "
            + Shop.port()
            + ", \"database\": \""
            + database
            + "\", \"username\": \"postgres\"}");
    Run discovered = succeed(program.run("discover", "source-postgres", "--config", "source.json"));
    program.file("configured.json", configured(discovered.out()));
  }

  private String airbyteFiles() throws InterruptedException {
    program.file("destination.json", "{\"destination_path\": \"airbyte.duckdb\"}");
    succeed(
        program.run(
            "sync",
            "--source",
            "source-postgres",
            "--source-config",
            "source.json",
            "--destination",
            "destination-duckdb",
            "--destination-config",
            "destination.json",
            "--catalog",
            "configured.json",
            "--namespace",
            "source"));
    return content("airbyte.duckdb");
  }

  private String readAndWrite() throws InterruptedException {
    program.file("destination.json", "{\"destination_path\": \"protocol.duckdb\"}");
    Run read =
        succeed(
            program.run(
                "read",
                "source-postgres",
                "--config",
                "source.json",
                "--catalog",
                "configured.json"));
    program.file("messages.jsonl", read.out());
    Run written =
        succeed(
            program.runOn(
                folder.resolve("messages.jsonl"),
                "write",
                "destination-duckdb",
                "--config",
                "destination.json",
                "--catalog",
                "configured.json"));
    assertThat(written.out()).contains("\"type\":\"STATE\"");
    return content("protocol.duckdb");
  }

  private String content(String file) throws InterruptedException {
    return succeed(program.run("query", file, CONTENT, "--csv")).out();
  }

  private static Run succeed(Run run) {
    assertThat(run.code()).as(run.toString()).isZero();
    return run;
  }

  private static String configured(String catalog) {
    try {
      JsonNode found = JSON.readTree(catalog.lines().toList().getLast()).at("/catalog/streams");
      ObjectNode root = JSON.createObjectNode();
      ArrayNode streams = root.putArray("streams");
      for (JsonNode stream : found) {
        if (stream.path("name").asText().equals("kinds")) {
          ObjectNode entry = streams.addObject();
          entry.set("stream", stream);
          entry.put("sync_mode", "full_refresh").put("destination_sync_mode", "overwrite");
        }
      }
      return root.toString();
    } catch (JsonProcessingException e) {
      throw new AssertionError(catalog, e);
    }
  }
}
