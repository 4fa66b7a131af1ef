package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams whose files would share a folder get one each, and the user is told which. */
final class SharedFolderTest {
  @TempDir Path folder;

  @Test
  void twoStreamsOfOneFolderGetOneEachAndKeepIt() throws Exception {
    Program program = new Program(folder);
    String database = Shop.newDatabase();
    program.file(
        "shop.yaml",
        Shop.source(database, "postgres", "")
            + """
            destination:
              connector: destination-local-files
              config: {destination_path: lake, path_format: same/, format: {format_type: CSV}}
            streams: [public.orders, public.people]
            """);
    Run first = program.run("sync", "shop.yaml", "--output", "json");
    assertThat(first.code()).as(first.toString()).isZero();
    assertThat(first.out()).contains("\"target_distinguished\"");
    Path orders = Path.of(first.stream("orders").path("target").asText());
    Path people = Path.of(first.stream("people").path("target").asText());
    assertThat(orders).isNotEqualTo(people);
    assertThat(lines(orders)).isEqualTo(Shop.ORDERS + 1);
    assertThat(lines(people)).isEqualTo(3);
    Run second = program.run("sync", "shop.yaml", "--output", "json");
    assertThat(second.out()).doesNotContain("\"target_distinguished\"");
    assertThat(second.stream("people").path("target").asText()).isEqualTo(people + "/");
    assertThat(lines(orders)).isEqualTo(Shop.ORDERS + 1);
    assertThat(lines(people)).isEqualTo(3);
  }

  @Test
  void oneStreamAloneKeepsTheFolderAsWritten() throws Exception {
    Run run =
        new Program(folder)
            .run(
                "sync",
                "postgresql://postgres@localhost:" + Shop.port() + "/" + Shop.newDatabase(),
                "file:lake?format=csv&path_format=same/",
                "--stream",
                "public.people",
                "--output",
                "json");
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).doesNotContain("\"target_distinguished\"");
    assertThat(lines(folder.resolve("lake/same"))).isEqualTo(3);
  }

  @Test
  void theFolderIsNamedWhereNothingIsNew() throws Exception {
    String[] sync = {
      "sync",
      "postgresql://postgres@localhost:" + Shop.port() + "/" + Shop.newDatabase(),
      "file:lake?format=csv",
      "--stream=public.people",
      "--mode=incremental_append",
      "--cursor=id",
      "--output=json"
    };
    Program program = new Program(folder);
    String target = program.run(sync).stream("people").path("target").asText();
    assertThat(target).endsWith("/lake/people/");
    Run second = program.run(sync);
    assertThat(second.stream("people").path("rows_read").asLong()).isZero();
    assertThat(second.stream("people").path("target").asText()).isEqualTo(target);
  }

  private static long lines(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> data = files.filter(file -> file.toString().endsWith(".csv")).toList();
      assertThat(data).hasSize(1);
      return Files.readString(data.getFirst()).lines().count();
    }
  }
}
