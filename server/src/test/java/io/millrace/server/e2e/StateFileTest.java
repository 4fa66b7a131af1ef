package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of somebody who ran Airbyte's connectors: the state goes on where they stopped. */
final class StateFileTest {
  private static final String CATALOG =
      """
      {"streams": [{"stream": {"name": "t", "namespace": "public", "json_schema": {},
        "supported_sync_modes": ["full_refresh", "incremental"]}, "sync_mode": "incremental",
        "destination_sync_mode": "append", "cursor_field": ["id"]}]}
      """;
  private static final String STATE =
      """
      [{"type": "STREAM", "stream": {"stream_descriptor": {"name": "t", "namespace": "public"},
        "stream_state": {"version": 2, "state_type": "cursor_based", "stream_name": "t",
          "stream_namespace": "public", "cursor_field": ["id"], "cursor": "900",
          "cursor_record_count": 1}}}]
      """;

  @TempDir Path folder;

  @Test
  void aCursorOfAirbytesIsBegunFrom() throws Exception {
    String source = Shop.server().newDatabase();
    Shop.server()
        .execute(
            source, "CREATE TABLE t (id bigint)", "INSERT INTO t SELECT generate_series(1, 1000)");
    write(
        "from.json",
        """
        {"host": "localhost", "port": %d, "database": "%s", "username": "postgres",
         "schemas": ["public"], "ssl_mode": {"mode": "disable"}}
        """
            .formatted(Shop.port(), source));
    write("to.json", "{\"destination_path\": \"out.duckdb\"}");
    write("catalog.json", CATALOG);
    write("state.json", STATE);

    Run run =
        new Program(folder)
            .run(
                "sync",
                "--source=source-postgres",
                "--source-config=from.json",
                "--destination=destination-duckdb",
                "--destination-config=to.json",
                "--catalog=catalog.json",
                "--state=state.json",
                "--output=json");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.summary().at("/streams/0/rows_read").asLong())
        .as("rows behind the cursor, and the one at it")
        .isEqualTo(101);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
