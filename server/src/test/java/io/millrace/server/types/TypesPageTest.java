package io.millrace.server.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Cancellation;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.NamespaceRule;
import io.millrace.engine.Pause;
import io.millrace.engine.SchemaChangePolicy;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncEngine;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.SyncSummary;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.state.FileSyncStore;
import io.millrace.server.state.StateFolder;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.golden.GoldenFile;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs every PostgreSQL type to every destination and publishes what became of it. */
final class TypesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "types.md");
  private static final int VALUE_CHARS_MAX = 60;

  @TempDir private Path temp;

  private final PostgresServer server = PostgresServer.shared();
  private final String source = server.newDatabase();

  @Test
  void everyTypeLandsAsThePageSays() throws Exception {
    fillSource();
    Map<Target, Map<String, StreamSummary>> summaries = new LinkedHashMap<>();
    for (Target target : targets()) {
      summaries.put(target, sync(target));
    }
    StringBuilder page = new StringBuilder(head(summaries.keySet().stream().toList()));
    for (int i = 0; i < Sample.ALL.size(); i++) {
      page.append(line(i, summaries));
    }
    GoldenFile.check(PAGE, page.toString());
  }

  private List<Target> targets() {
    return List.of(
        Target.postgres(
            server.port(), PostgresServer.HOST, PostgresServer.USER, server.newDatabase()),
        Target.duckdb(temp.resolve("types.duckdb")),
        Target.parquet(temp.resolve("parquet")),
        Target.jsonl(temp.resolve("jsonl")),
        Target.csv(temp.resolve("csv")));
  }

  private void fillSource() throws SQLException {
    try (Connection connection = server.connect(source);
        Statement statement = connection.createStatement()) {
      statement.execute("SET lc_monetary TO 'C'");
      for (String definition : Sample.DEFINITIONS) {
        statement.execute(definition);
      }
      for (int i = 0; i < Sample.ALL.size(); i++) {
        Sample sample = Sample.ALL.get(i);
        statement.execute(
            "CREATE TABLE t" + i + " (id bigint PRIMARY KEY, v " + sample.type() + ")");
        for (int row = 0; row < sample.values().size(); row++) {
          String literal = "'" + sample.values().get(row).replace("'", "''") + "'";
          statement.execute("INSERT INTO t" + i + " VALUES (" + row + ", " + literal + ")");
        }
        statement.execute("INSERT INTO t" + i + " VALUES (999, NULL)");
      }
    }
  }

  private Map<String, StreamSummary> sync(Target target) {
    ConnectorRegistry registry = ConnectorRegistry.load();
    Endpoint from =
        new Endpoint(
            registry.find("source-postgres"),
            Map.of(
                "host",
                PostgresServer.HOST,
                "port",
                server.port(),
                "database",
                source,
                "username",
                PostgresServer.USER,
                "schemas",
                List.of("public")),
            temp,
            "source");
    Endpoint to = new Endpoint(registry.find(target.connector()), target.config(), temp, "target");
    SyncSpec spec =
        new SyncSpec(
            target.title(),
            from.source(),
            to.destination(),
            List.of(),
            new StreamOptions(SyncMode.FULL_REFRESH_OVERWRITE, null, null, null, null),
            new NamespaceRule.OfDestination(),
            "",
            SchemaChangePolicy.PROPAGATE);
    SyncEngine engine =
        new SyncEngine(
            EngineSettings.DEFAULT, Clock.systemUTC(), Pause.REAL, temp.resolve("temporary"));
    StateFolder state = StateFolder.of(temp.resolve("state"), target.title());
    try (FileSyncStore store = FileSyncStore.open(state, Clock.systemUTC())) {
      SyncSummary summary = engine.sync(spec, store, event -> {}, new Cancellation());
      return summary.streams().stream()
          .collect(Collectors.toMap(each -> each.stream().name(), each -> each));
    }
  }

  private String head(List<Target> targets) {
    String titles = targets.stream().map(Target::title).collect(Collectors.joining(" | "));
    return """
    # Types

    What each PostgreSQL type becomes at each destination. This page is written by a test that syncs
    every value in it; the values are those found afterwards, as the destination prints them.

    A value that its column cannot hold exactly is never rounded or set to null: the row goes to
    quarantine (`millrace quarantine show`), and the summary counts it. Types without a place in a
    destination are kept as text, in PostgreSQL's own output form.

    From PostgreSQL to PostgreSQL a column keeps its type, also an enum's, a composite's or an
    extension's, where the destination has a type of that name; where it has none, as here for `mood`
    and `pair`, the column is `text` with a warning. A domain becomes the type it stands for.

    Where there is no type for bytes they are text, `\\x00ff`: in JSONL and CSV, in the raw layout's
    JSON and in the messages of `read`. There JSON's own `null` looks like a missing value, and `write`
    takes it for one: Airbyte's protocol does not tell the two apart. Under JSONL a missing JSON value
    is left out.

    The types of Parquet are those that DuckDB finds in the files. Under JSONL and CSV values stand as
    in the file, without quotes.

    | PostgreSQL type | values | %s |
    |---|---|%s
    """
        .formatted(titles, "---|".repeat(targets.size()));
  }

  private String line(int index, Map<Target, Map<String, StreamSummary>> summaries)
      throws SQLException, IOException {
    Sample sample = Sample.ALL.get(index);
    String table = "t" + index;
    List<String> cells = new ArrayList<>();
    cells.add(code(sample.type()));
    cells.add(values(sourceValues(table)));
    for (Map.Entry<Target, Map<String, StreamSummary>> entry : summaries.entrySet()) {
      StreamSummary summary = Objects.requireNonNull(entry.getValue().get(table));
      assertThat(summary.failure()).as("%s in %s", sample.type(), entry.getKey().title()).isNull();
      cells.add(cell(sample, table, entry.getKey(), summary));
    }
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private String cell(Sample sample, String table, Target target, StreamSummary summary)
      throws SQLException, IOException {
    Landing landing = target.read(table);
    long quarantined = summary.tally().rowsQuarantined();
    assertThat(landing.values().size() + quarantined)
        .as("every row of %s in %s is there or in quarantine", sample.type(), target.title())
        .isEqualTo(sample.values().size() + 1L);
    if (target.connector().equals("destination-postgres")) {
      assertThat(landing.values()).as(sample.type()).isEqualTo(sourceValues(table));
    }
    assertThat(landing.values().getLast()).as("the null of %s", sample.type()).isEqualTo("null");
    String kept =
        landing.values().equals(sourceValues(table)) ? "" : ": " + values(landing.values());
    String refused = quarantined == 0 ? "" : "; " + quarantined + " to quarantine";
    return code(landing.type()) + kept + refused;
  }

  private List<String> sourceValues(String table) throws SQLException {
    try (Connection connection = server.connect(source);
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone TO 'UTC'; SET lc_monetary TO 'C'");
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT " + Target.POSTGRES_OUTPUT + " FROM " + table + " ORDER BY id")) {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
          values.add(String.valueOf(rows.getString(1)));
        }
        return values;
      }
    }
  }

  private static String values(List<String> values) {
    return values.stream()
        .filter(value -> !value.equals("null"))
        .map(TypesPageTest::code)
        .collect(Collectors.joining(", "));
  }

  private static String code(String value) {
    String line = value.replace("\n", "⏎").replace("|", "\\|");
    String cut = line.length() > VALUE_CHARS_MAX ? line.substring(0, VALUE_CHARS_MAX) + "…" : line;
    return cut.isEmpty() ? "(empty)" : "`" + cut + "`";
  }
}
