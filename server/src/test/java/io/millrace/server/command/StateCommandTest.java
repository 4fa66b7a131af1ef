package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.command.TestProgram.Result;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.TableLayout;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.FakeDestinationOptions;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateCommandTest {
  private static final String INCREMENTAL =
      "defaults: {sync_mode: incremental_append, cursor_field: at}";

  @TempDir Path temp;
  private TestProgram program = new TestProgram(Path.of(""));

  @BeforeEach
  void begin() {
    program = new TestProgram(temp).orders(5).pipeline("shop.yaml", INCREMENTAL);
  }

  @Test
  void showTellsWhereTheNextSyncBegins() {
    assertThat(program.run("sync", "shop.yaml").code()).isZero();
    Result result = program.run("state", "show", "shop.yaml");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("shop.orders").contains("main.orders");
    assertThat(program.run("state", "show", "shop").out()).isEqualTo(result.out());
    assertThat(program.run("state", "show", "shop.yaml", "--json").out())
        .startsWith("{\"format\":1,\"stream\":{\"namespace\":\"shop\",\"name\":\"orders\"}");
  }

  @Test
  void resetReadsEverythingAgain() {
    program.run("sync", "shop.yaml");
    assertThat(program.run("state", "reset", "shop.yaml", "--stream", "shop.*").code()).isZero();
    assertThat(rowsRead()).isEqualTo(5);
  }

  @Test
  void anOlderVersionCanBeRestored() {
    program.run("sync", "shop.yaml");
    Objects.requireNonNull(program.database.find(TestProgram.ORDERS))
        .insert(java.util.List.of(Row.of(6L, 60L, "six")));
    program.run("sync", "shop.yaml");
    Result history = program.run("state", "show", "shop.yaml", "--history");
    assertThat(history.out().lines().filter(line -> line.contains("version"))).hasSize(2);
    assertThat(
            program
                .run("state", "edit", "shop.yaml", "--stream", "shop.orders", "--restore", "1")
                .code())
        .isZero();
    assertThat(rowsRead()).isEqualTo(1);
  }

  @Test
  void aStateCanBeSetFromAFileAndFromStdin() {
    program.run("sync", "shop.yaml");
    String state = program.run("state", "show", "shop.yaml", "--json").out();
    String old = state.substring(state.indexOf("\"state\":") + 8, state.indexOf(",\"generation\""));
    program.stdin = "null";
    assertThat(program.run("state", "edit", "shop.yaml", "--stream", "orders", "--set", "-").out())
        .contains("begins at null");
    program.file("old.json", old);
    Result set =
        program.run("state", "edit", "shop.yaml", "--stream", "orders", "--set", "old.json");
    assertThat(set.err()).isEmpty();
    assertThat(rowsRead()).isZero();
  }

  @Test
  void whatIsNoStateIsRefused() {
    program.run("sync", "shop.yaml");
    for (String wrong : new String[] {"", "{", "[]", "{\"version\": \"x\", \"token\": 1}", "{}"}) {
      program.stdin = wrong;
      Result result = program.run("state", "edit", "shop.yaml", "--stream", "orders", "--set", "-");
      assertThat(result.code()).as(wrong).isEqualTo(2);
      assertThat(result.err()).contains("That is no state").contains("nothing was changed");
    }
    assertThat(rowsRead()).isZero();
  }

  @Test
  void aPipelineWithoutStateIsNamed() {
    Result result = program.run("state", "show", "shop.yaml");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("There is no state of pipeline shop");
    assertThat(temp.resolve(".millrace")).doesNotExist();
  }

  @Test
  void quarantineIsListedAndShown() {
    program.destinationOptions =
        FakeDestinationOptions.DEFAULT
            .shaped(TableLayout.TYPED, MetadataColumns.NONE)
            .refusing(row -> Objects.equals(row.get(0), 3L));
    Result sync = program.run("sync", "shop.yaml");
    assertThat(sync.code()).isZero();
    assertThat(sync.out()).contains("Warning: 1 row could not be carried");
    assertThat(program.run("quarantine", "list", "shop.yaml").out()).contains("shop.orders");
    Result shown = program.run("quarantine", "show", "shop.yaml", "--json");
    assertThat(shown.out().lines()).hasSize(1);
    assertThat(shown.out())
        .contains("\"stream\":{\"namespace\":\"shop\",\"name\":\"orders\"}")
        .contains("\"position\":")
        .contains("\"reason\":")
        .contains("\"generation\":")
        .contains("\"time\":");
  }

  @Test
  void planChangesNothing() {
    Result result = program.run("plan", "shop.yaml");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("shop.orders -> main.orders  incremental_append")
        .contains("about 5 rows");
    assertThat(temp.resolve(".millrace")).doesNotExist();
    assertThat(program.target.tables()).isEmpty();
  }

  private long rowsRead() {
    Result result = program.run("sync", "shop.yaml", "--output", "json");
    String summary = result.lastLine();
    String rows = summary.substring(summary.indexOf("\"rows_read\":") + 12);
    return Long.parseLong(rows.substring(0, rows.indexOf(',')));
  }
}
