package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.workspace.WorkspaceId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FairOrderTest {
  private final FairOrder order = new FairOrder();
  private final WorkspaceId first = WorkspaceId.of("00000000-0000-4000-8000-000000000001");
  private final WorkspaceId second = WorkspaceId.of("00000000-0000-4000-8000-000000000002");

  @Test
  void workspacesTakeTurns() {
    List<WorkspaceId> both = List.of(first, second);
    assertThat(order.next(both)).contains(first);
    assertThat(order.next(both)).contains(second);
    assertThat(order.next(both)).contains(first);
  }

  /** One that was quiet for long is served at once when it comes. */
  @Test
  void theOneServedLongestAgoIsNext() {
    order.next(List.of(second));
    order.next(List.of(first));
    order.next(List.of(first));
    assertThat(order.next(List.of(first, second))).contains(second);
    assertThat(order.next(List.of())).isEmpty();
  }
}
