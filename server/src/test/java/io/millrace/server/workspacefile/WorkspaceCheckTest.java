package io.millrace.server.workspacefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file is said by the plan, all of it, before anything changes. */
final class WorkspaceCheckTest {
  private static final String WRONG =
      """
      version: 1
      workspace: {name: renamed}
      tags:
      - {name: nightly, color: 1f5fbf}
      sources:
      - name: unknown
        connector: source-nope
        config: {}
      - name: masked
        connector: source-postgres
        config: {host: db, port: 5432, database: shop, username: me, password: '**********'}
      - {name: misfit, connector: source-faker, config: {count: many}}
      - {name: people, connector: source-faker, config: {count: 20}}
      destinations:
      - {name: lake, connector: destination-duckdb, config: {destination_path: lake.duckdb}}
      connections:
      - name: lost
        source: nobody
        destination: nowhere
        status: asleep
        tags: [daily]
        schedule: {cron: "61 6 * * *"}
        settings: {nonBreakingChangesPreference: shrug}
        streams: [{name: users, sync_mode: sideways}]
      - name: late
        source: people
        destination: lake
        schedule: {every: 0, unit: moons}
        streams: [{name: users, primary_key: id}]
      """;

  @TempDir private Path folder;
  private FileServer server;

  @BeforeEach
  void start() {
    server = new FileServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everythingWrongIsSaidBeforeTheFirstChange() throws Exception {
    String before = server.export();
    for (boolean apply : new boolean[] {false, true}) {
      assertThatThrownBy(
              () -> {
                if (apply) {
                  server.apply(WRONG);
                } else {
                  server.plan(WRONG);
                }
              })
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("source unknown: The server has no connector \"source-nope\"")
          .hasMessageContaining("password: expected the secret itself")
          .hasMessageContaining("source misfit: ")
          .hasMessageContaining("connectionConfiguration.count")
          .hasMessageContaining("connection lost: there is no source named \"nobody\"")
          .hasMessageContaining("connection lost: there is no destination named \"nowhere\"")
          .hasMessageContaining("connection lost: status is \"asleep\"")
          .hasMessageContaining("connection lost: there is no tag \"daily\"")
          .hasMessageContaining("61")
          .hasMessageContaining("connection lost: nonBreakingChangesPreference is \"shrug\"")
          .hasMessageContaining("there is no sync mode \"sideways\"")
          .hasMessageContaining("connection late: The schedule")
          .hasMessageContaining("Stream users: primary_key: expected a list of fields");
    }
    assertThat(server.export()).as("nothing half done").isEqualTo(before);
  }

  @Test
  void twoOfOneNameAndUnknownKeysHideNothingElse() {
    String file =
        """
        sources:
        - {name: people, connector: source-faker, config: {count: 20}}
        - {name: people, connector: source-faker, config: {count: 30}}
        - {name: misfit, connector: source-faker, config: {count: many}}
        - {connector: source-faker}
        destinations:
        - {name: lake, connektor: destination-duckdb}
        connections: {name: lost}
        """;
    assertThatThrownBy(() -> server.plan(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sources: several are named \"people\"")
        .hasMessageContaining("sources: one of them has no name")
        .hasMessageContaining("source misfit: ")
        .hasMessageContaining("destination lake: there is no key \"connektor\"")
        .hasMessageContaining("connections: expected a list");
  }

  @Test
  void aliasesWithoutEndAreRefused() {
    String many = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c < 'g'; c++) {
      many +=
          c
              + ": &"
              + c
              + " ["
              + "*%c,".repeat(9).replace("%c", String.valueOf((char) (c - 1)))
              + "]\n";
    }
    for (String file :
        List.of(
            "sources: [{name: a, connector: source-faker, config: &c {x: *c}}]",
            "tags: &t [*t]",
            many)) {
      assertThatThrownBy(() -> server.plan(file))
          .as(file)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("an alias (*name)");
    }
  }
}
