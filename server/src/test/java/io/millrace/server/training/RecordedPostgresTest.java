package io.millrace.server.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.command.CommandLineProgram;
import io.millrace.server.command.Surroundings;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The syncs of the training succeed against the recording. Where the connector asks PostgreSQL
 * something new, {@code -Dmillrace.golden.update=true} records it from a real one:
 *
 * <pre>
 * ./mvnw -pl server -am test -Dtest=RecordedPostgresTest -Dmillrace.golden.update=true \
 *     -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
final class RecordedPostgresTest {
  private static final Path FILE =
      Path.of("src/main/resources/io/millrace/server/training", Recording.RESOURCE);

  @TempDir private Path folder;

  @Test
  void everySyncFindsItsAnswers() throws IOException {
    if (Boolean.getBoolean("millrace.golden.update")) {
      Files.writeString(FILE, recorded().text(), StandardCharsets.UTF_8);
    }
    Recording recording = Recording.parse(Files.readString(FILE));
    try (RecordedPostgres server = RecordedPostgres.start(recording)) {
      for (String[] command : PostgresSyncs.commands(server.port(), folder("played"))) {
        int code = new CommandLineProgram(Surroundings.ofThisProcess()).run(command);
        assertThat(server.refused())
            .as("-Dmillrace.golden.update=true records %s anew", FILE)
            .isEmpty();
        assertThat(code).as(String.join(" ", command)).isZero();
      }
    }
  }

  @Test
  void whatIsRecordedComesBackAsItWas() {
    byte[] all = new byte[256];
    for (int value = 0; value < all.length; value++) {
      all[value] = (byte) value;
    }
    Recording recording = new Recording();
    recording.add("SELECT 'ü%'\n", all);
    recording.add("SELECT 'ü%'\n", new byte[0]);

    Recording read = Recording.parse(recording.text());

    assertThat(read.answer("SELECT 'ü%'\n")).isEqualTo(all);
    assertThat(read.answer("SELECT 'ü%'\n")).isEmpty();
    assertThat(read.answer("SELECT 'ü%'\n")).isEmpty();
    assertThat(read.answer("SELECT 2")).isNull();
  }

  private Recording recorded() throws IOException {
    Recording recording = new Recording();
    try (PostgresServer postgres = PostgresServer.builder().start();
        RecordingProxy proxy = new RecordingProxy(recording, postgres.port())) {
      postgres.execute("postgres", "CREATE DATABASE " + PostgresSyncs.SOURCE);
      postgres.execute("postgres", "CREATE DATABASE " + PostgresSyncs.TARGET);
      postgres.execute(
          PostgresSyncs.SOURCE,
          "CREATE TABLE "
              + PostgresSyncs.TABLE
              + """
              (id bigint PRIMARY KEY, customer int, quantity smallint, total numeric(15,2),
               weight double precision, paid boolean, status text, kind varchar(20), token uuid,
               detail jsonb, ordered_on date, ordered_at timestamp, updated_at timestamptz)
              """,
          "INSERT INTO "
              + PostgresSyncs.TABLE
              + """
               SELECT i, i * 7, i, i * 1.25, i / 3.0, i % 2 = 0, 'paid', 'kind ' || i,
                 gen_random_uuid(), '{"a": [1]}', date '2020-01-01' + i,
                 timestamp '2020-01-01' + i * interval '1 hour',
                 timestamptz '2020-01-01 00:00:00+00' + i * interval '1 hour'
               FROM generate_series(1, 5) AS i
              """,
          "ANALYZE");
      for (String[] command : PostgresSyncs.commands(proxy.port(), folder("recorded"))) {
        int code = new CommandLineProgram(Surroundings.ofThisProcess()).run(command);
        assertThat(code).as(String.join(" ", command)).isZero();
      }
    }
    return recording;
  }

  private String folder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name)).toString();
  }
}
