package io.millrace.server.actor;

import static io.millrace.server.http.TestApi.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.http.TestApi;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of copies that are made at one moment. */
@EachStore
final class CloneNamesTest {
  private static final int COPIES = 12;

  private final Dialect dialect;
  @TempDir private Path folder;

  CloneNamesTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @Test
  void clonesDifferInTheirNamesAlsoAtOneMoment() throws Exception {
    try (ActorFixture fixture = new ActorFixture(dialect, folder, Clock.systemUTC(), List.of());
        TestApi api = TestApi.serve(fixture.routes(Clock.systemUTC()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String original = original(fixture, api);
      Callable<String> copy =
          () ->
              api.ok("/destinations/clone", body("destinationCloneId", original))
                  .path("name")
                  .asText();
      List<String> names = new ArrayList<>();
      for (Future<String> made : threads.invokeAll(Collections.nCopies(COPIES, copy))) {
        names.add(made.get());
      }
      assertThat(names).contains("Twin (Copy)", "Twin (Copy) (12)").doesNotHaveDuplicates();
    }
  }

  private static String original(ActorFixture fixture, TestApi api) throws Exception {
    return api.ok(
            "/destinations/create",
            body(
                "name",
                "Twin",
                "workspaceId",
                fixture.workspace(),
                "destinationDefinitionId",
                ActorFixture.DUCKDB,
                "connectionConfiguration",
                body("destination_path", "twin.duckdb")))
        .path("destinationId")
        .asText();
  }
}
