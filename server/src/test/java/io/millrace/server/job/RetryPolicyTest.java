package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
  private final RetryPolicy policy = RetryPolicy.DEFAULT;

  @Test
  void waitsTripleAndEndAfterFiveEmptyFailuresInARow() {
    assertThat(waits(policy, false, false, false, false, false))
        .containsExactly(10L, 30L, 90L, 270L);
  }

  @Test
  void noWaitIsLongerThanTheBound() {
    RetryPolicy patient = new RetryPolicy(9, 9, 9, 9, 9, policy.waitFirst(), policy.waitMax());
    assertThat(waits(patient, false, false, false, false, false, false, false))
        .containsExactly(10L, 30L, 90L, 270L, 810L, 1800L, 1800L);
  }

  @Test
  void progressTriesAgainAtOnceAndStartsTheCountAnew() {
    assertThat(waits(policy, false, false, true, false)).containsExactly(10L, 30L, 0L, 10L);
  }

  @Test
  void endsAfterTwentyPartialOrTenEmptyFailures() {
    Boolean[] partial = new Boolean[30];
    java.util.Arrays.fill(partial, true);
    assertThat(waits(policy, partial)).hasSize(19);
    Boolean[] mixed = new Boolean[60];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = i % 4 == 3;
    }
    // Ten empty ones: 3 + 3 + 3, a partial one after each three, and the tenth ends the job.
    assertThat(waits(policy, mixed)).hasSize(12);
  }

  @Test
  void aConnectionMayAllowFewer() {
    assertThat(waits(policy.withRetries(2), true, true, true, true)).hasSize(2);
    assertThat(waits(policy.withRetries(0), true)).isEmpty();
  }

  @Test
  void theBoundThatEndsAJobIsNamed() {
    assertThat(policy.usedUp(new RetryState(5, 7, 0, 2, true)))
        .hasValue("5 attempts in a row made no progress");
    assertThat(policy.usedUp(new RetryState(1, 10, 0, 2, true)))
        .hasValue("10 attempts made no progress");
    assertThat(policy.usedUp(new RetryState(0, 0, 3, 20, true)))
        .hasValue("20 attempts failed on their way");
    assertThat(policy.withRetries(2).usedUp(new RetryState(1, 1, 0, 2, true)))
        .hasValue("the connection allows 2 of them");
    assertThat(policy.withRetries(0).usedUp(RetryState.NONE.after(true)))
        .hasValue("the connection allows no retry");
  }

  @Test
  void countersSurviveTheStore() {
    RetryState state = RetryState.NONE.after(false).after(true).after(true).withPrepared();
    assertThat(RetryState.of(state.json())).isEqualTo(state);
  }

  private static List<Long> waits(RetryPolicy policy, Boolean... progressed) {
    List<Long> waits = new ArrayList<>();
    RetryState state = RetryState.NONE;
    for (boolean one : progressed) {
      state = state.after(one);
      if (policy.usedUp(state).isPresent()) {
        break;
      }
      waits.add(policy.wait(state).toSeconds());
    }
    return waits;
  }
}
