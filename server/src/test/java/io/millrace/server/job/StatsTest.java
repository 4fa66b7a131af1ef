package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatsTest {
  /** 450 rows were read and 300 of them committed; then 310, of which nothing more was. */
  @Test
  void anAttemptThatCommittedNothingHasCommittedNothing() {
    Stats first = read(450, 300);
    Stats second = read(310, 300);
    Stats third = read(1000, 1000);

    assertThat(second.since(first).recordsCommitted()).isZero();
    assertThat(second.since(first).recordsEmitted()).isEqualTo(10);
    assertThat(third.since(second).recordsCommitted()).isEqualTo(700);
    assertThat(third.since(second).recordsEmitted()).isEqualTo(700);
    assertThat(third.since(second).bytesCommitted()).isEqualTo(7000);
    assertThat(first.since(Stats.ZERO).recordsCommitted()).isEqualTo(300);
  }

  @Test
  void rowsLeftOutAreNotReadAgain() {
    Stats first = new Stats(100, 1000, 80, 1000, 5, 15, 1, 1000, 10_000);
    Stats second = new Stats(150, 1500, 130, 1500, 5, 15, 1, 1000, 10_000);

    Stats own = second.since(first);

    assertThat(own.recordsEmitted()).isEqualTo(50);
    assertThat(own.recordsFilteredOut()).isZero();
    assertThat(own.recordsEstimated()).isEqualTo(900);
  }

  @Test
  void aReadThatBeganAnewIsAllNew() {
    assertThat(read(200, 150).since(read(450, 300))).isEqualTo(read(200, 150));
  }

  private static Stats read(long records, long committed) {
    return new Stats(records, records * 10, committed, committed * 10, 0, 0, 1, -1, -1);
  }
}
