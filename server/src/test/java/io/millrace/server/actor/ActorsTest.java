package io.millrace.server.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.workspace.WorkspaceId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActorsTest {
  @TempDir private Path folder;
  private ActorFixture fixture;
  private Actors actors;

  @BeforeEach
  void open() {
    fixture = new ActorFixture(Dialect.SQLITE, folder, Clock.systemUTC(), List.of());
    actors = fixture.actors();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Actor faker(String name) {
    return actors.create(
        Side.SOURCE,
        WorkspaceId.of(fixture.workspace()),
        UUID.fromString(ActorFixture.FAKER),
        Actors.Draft.of(name, Documents.empty()),
        Caller.LOCAL);
  }

  @Test
  void losesNoChangeOfAnother() {
    Actor actor = faker("one");
    boolean[] meddled = new boolean[1];
    Actor changed =
        actors.update(
            Side.SOURCE,
            actor.id(),
            old -> {
              if (!meddled[0]) {
                meddled[0] = true;
                actors.update(
                    Side.SOURCE, actor.id(), other -> with(other, "count", 7), Caller.LOCAL);
              }
              return with(old, "seed", 1);
            },
            Caller.LOCAL);
    assertThat(changed.configuration().toString()).isEqualTo("{\"count\":7,\"seed\":1}");
  }

  private static Actors.Draft with(Actors.Draft draft, String field, int value) {
    ObjectNode configuration = draft.configuration().deepCopy().put(field, value);
    return new Actors.Draft(draft.name(), configuration, draft.details());
  }

  @Test
  void refusesMoreThanAWorkspaceHolds() {
    IntStream.range(0, 9).forEach(i -> faker("source " + i));
    assertThatThrownBy(() -> faker("one too many"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("9 sources, and 9 is the most")
        .hasMessageContaining("MILLRACE_SOURCES_MAX");
    assertThat(fixture.changes()).hasSize(9);
  }

  @Test
  void writesNothingWhereNothingDiffers() {
    Actor actor = faker("one");
    actors.update(Side.SOURCE, actor.id(), old -> old, Caller.LOCAL);
    assertThat(fixture.changes()).hasSize(1);
  }

  @Test
  void emptiesAWorkspace() {
    Actor one = faker("one");
    Actor two = faker("two");
    Runnable afterwards = fixture.deleteAll();
    assertThatThrownBy(() -> actors.get(Side.SOURCE, one.id())).isInstanceOf(ApiException.class);
    assertThat(fixture.ended()).isEmpty();
    afterwards.run();
    assertThat(fixture.ended()).containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(fixture.changes()).anyMatch(change -> change.startsWith("delete source"));
  }
}
