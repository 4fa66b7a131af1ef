package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that fail beside others that do not: exit code 3, and what works is done. */
final class StreamFailuresTest {
  private static final String TARGET = Shop.duckDb("out.duckdb");

  @TempDir Path folder;
  private Program program = new Program(Path.of(""));
  private String database = "";

  @BeforeEach
  void shop() {
    program = new Program(folder);
    database = Shop.newDatabase();
  }

  @Test
  void aTableThatTheUserMayNotReadIsLeftOutWithAWord() throws InterruptedException {
    Run run =
        sync(Shop.source(database, Shop.READER, "") + TARGET + "streams: [public.*]\n")
            .fails(3, "unreadable-streams", Shop.port());
    assertThat(run.summary().path("status").asText()).isEqualTo("partial");
    assertThat(run.stream("orders").path("rows_written").asInt()).isEqualTo(Shop.ORDERS);
    assertThat(run.stream("people").path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  void aTableNamedAndNotReadableFailsBesideTheOthers() throws InterruptedException {
    Run run =
        sync(Shop.source(database, Shop.READER, "")
                + TARGET
                + "streams: [public.people, public.salaries]\n")
            .fails(3, "no-rights", Shop.port());
    assertThat(run.stream("people").path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  void aViewThatFailsInTheMiddle() throws InterruptedException {
    sync(postgres() + TARGET + "streams: [public.people, public.ratios]\n")
        .fails(3, "failing-view", Shop.port());
    assertThat(program.run("query", "out.duckdb", "SELECT count(*) FROM people", "--csv").out())
        .isEqualTo("count_star()\n2\n");
  }

  @Test
  void aMaterialisedViewThatWasNeverFilled() throws InterruptedException {
    sync(postgres() + TARGET + "streams: [public.people, public.monthly]\n")
        .fails(3, "unfilled-view", Shop.port());
  }

  @Test
  void aTypeThatChangedIsFollowed() throws InterruptedException {
    String pipeline =
        postgres()
            + TARGET
            + "streams: [{name: public.orders, sync_mode: incremental_append_dedup,"
            + " cursor_field: updated_at, primary_key: [id]}]\n";
    assertThat(sync(pipeline).code()).isZero();
    Shop.server()
        .execute(
            database,
            "ALTER TABLE orders ALTER total TYPE text",
            "INSERT INTO orders VALUES (1000, 'much', '2026-01-01Z')");
    Run second = sync(pipeline);
    assertThat(second.code()).as(second.toString()).isZero();
    assertThat(
            program
                .run(
                    "query",
                    "out.duckdb",
                    "SELECT id, total FROM orders WHERE id IN (4, 1000) ORDER BY 1",
                    "--csv")
                .out())
        .isEqualTo("id,total\n4,5.00\n1000,much\n");
  }

  @Test
  void aTypeThatBecameNarrowerKeepsTheWiderColumn() throws InterruptedException {
    String pipeline =
        postgres() + TARGET + "streams: [{name: public.people, sync_mode: full_refresh_append}]\n";
    assertThat(sync(pipeline).code()).isZero();
    Shop.server()
        .execute(
            database,
            "UPDATE people SET name = '7'",
            "ALTER TABLE people ALTER name TYPE int USING name::int");
    Run second = sync(pipeline);
    assertThat(second.code()).as(second.toString()).isZero();
    assertThat(
            program
                .run("query", "out.duckdb", "SELECT name FROM people ORDER BY name", "--csv")
                .out())
        .isEqualTo("name\n7\n7\nAda\nGrace\n");
  }

  @Test
  void rowsInQuarantineAloneAreAWarning() throws InterruptedException {
    program.file("rows.csv", "id,name\n1,Ada\n2,Grace,Hopper\n3,Edsger\n");
    Run run = program.run("sync", "rows.csv", "duckdb:out.duckdb", "--output", "json");
    assertThat(run.code()).as(run.toString()).isZero();
    JsonNode summary = run.summary();
    assertThat(summary.path("status").asText()).isEqualTo("succeeded");
    assertThat(run.stream("rows").path("rows_quarantined").asInt()).isEqualTo(1);
    assertThat(run.stream("rows").path("rows_written").asInt()).isEqualTo(2);
    Run text = program.run("sync", "rows.csv", "duckdb:out.duckdb");
    assertThat(text.code()).isZero();
    List<String> hints =
        text.out().lines().filter(line -> line.contains("millrace quarantine list")).toList();
    assertThat(hints).hasSize(1);
    String command = hints.getFirst().replaceAll(".*\"millrace ([^\"]*)\".*", "$1");
    Run list = program.run(command.split(" "));
    assertThat(list.code()).as(list.toString()).isZero();
    assertThat(list.out()).contains("rows").contains("3 fields");
  }

  @Test
  void rowsThatADestinationRefusesAreToldByTheirLine() throws InterruptedException {
    program.file("bad.jsonl", "{\"t\":\"a\"}\n\n{\"t\":\"b\\u0000c\"}\n{\"t\":\"d\"}\n");
    String target = Shop.server().newDatabase();
    Run refused =
        program.run(
            "sync",
            "bad.jsonl",
            "postgresql://postgres@localhost:" + Shop.port() + "/" + target,
            "--name",
            "refused",
            "--output",
            "json");
    assertThat(refused.code()).as(refused.toString()).isZero();
    assertThat(refused.stream("bad").path("rows_quarantined").asInt()).isEqualTo(1);
    assertThat(program.run("quarantine", "show", "refused", "--json").out())
        .contains("\"bad.jsonl line 3\"");
  }

  @Test
  void aRowTooLargeForTheMemoryEndsItsStreamAtOnceAndNamesTheSetting() throws InterruptedException {
    Shop.server()
        .execute(
            database,
            "CREATE TABLE large AS SELECT 1 AS id, repeat('x', 70000000) AS v",
            "ALTER TABLE large ALTER v SET STORAGE EXTERNAL");
    program.file("large.yaml", postgres() + TARGET + "streams: [public.large]\nname: large\n");
    Run run = program.run("sync", "large.yaml", "--memory", "64", "--output", "json");
    assertThat(run.code()).as(run.toString()).isEqualTo(3);
    assertThat(run.stream("large").at("/error/code").asText()).isEqualTo("out_of_memory");
    assertThat(run.err()).contains("--memory");
    assertThat(run.out()).doesNotContain("\"retrying\"");
    Run more = program.run("sync", "large.yaml", "--memory", "512", "--output", "json");
    assertThat(more.code()).as(more.toString()).isZero();
  }

  @Test
  void aTableWithoutColumnsIsLeftOutWithAWordWhereItWasAskedFor() throws InterruptedException {
    Shop.server().execute(database, "CREATE TABLE people_nothing ()");
    Run asked = sync(postgres() + TARGET + "streams: ['public.people*']\n");
    assertThat(asked.code()).as(asked.toString()).isZero();
    assertThat(asked.out()).contains("Stream public.people_nothing has no columns");
    Run named = sync(postgres() + TARGET + "streams: [public.people_nothing]\n");
    assertThat(named.code()).as(named.toString()).isZero();
    assertThat(named.out()).contains("Stream public.people_nothing has no columns");
    assertThat(named.summary().path("streams")).isEmpty();
    Run others = sync(postgres() + TARGET + "streams: [public.people]\n");
    assertThat(others.code()).as(others.toString()).isZero();
    assertThat(others.out()).doesNotContain("people_nothing");
  }

  private String postgres() {
    return Shop.source(database, "postgres", "");
  }

  private Run sync(String pipeline) throws InterruptedException {
    return program.file("shop.yaml", pipeline).run("sync", "shop.yaml", "--output", "json");
  }
}
