package io.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CommitTest {
  private static final Tally TALLY = new Tally(10, 7, 1, 2, 999);

  @Test
  void readsBackWhatItWrote() {
    Commit commit = new Commit("p-1", 3, new Checkpoint(2, "{\"a|b\":\"|c|\"}"), false, TALLY);

    assertThat(Commit.decode(commit.encode())).isEqualTo(commit);
  }

  @Test
  void readsBackACommitWithoutCheckpoint() {
    Commit commit = new Commit("p-1", 1, null, true, TALLY);

    assertThat(Commit.decode(commit.encode())).isEqualTo(commit);
  }

  @Test
  void writesOneLine() {
    Commit commit = new Commit("p", 1, new Checkpoint(1, "{\n}"), true, TALLY);

    assertThat(commit.encode()).doesNotContain("\n");
  }

  @Test
  void refusesAFormatItDoesNotKnow() {
    assertThatThrownBy(() -> Commit.decode("9|p")).isInstanceOf(SystemException.class);
  }

  @Test
  void talliesBalanceAndAddUp() {
    assertThat(TALLY.balanced()).isTrue();
    assertThat(TALLY.plus(new Tally(1, 0, 0, 0, 0)).balanced()).isFalse();
    assertThat(Tally.ZERO.plus(TALLY)).isEqualTo(TALLY);
  }
}
