package io.millrace.connectors.postgres.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.StreamName;
import org.junit.jupiter.api.Test;

final class RangesTest {
  private static final long MB = 1 << 20;

  @Test
  void smallTablesAreCutAsEverWhateverSizeIsWanted() {
    assertThat(count(600 * MB, 400 * MB)).isEqualTo(count(600 * MB, 0));
    assertThat(count(10 * MB, 400 * MB)).isEqualTo(1);
  }

  @Test
  void largeTablesAreCutIntoRangesOfTheSizeWanted() {
    assertThat(count(10_000 * MB, 0)).isGreaterThan(100);
    assertThat(count(10_000 * MB, 400 * MB)).isBetween(24, 26);
  }

  private static int count(long bytes, long wanted) {
    long blocks = bytes / 8192;
    Leaf leaf = new Leaf(1, new StreamName("public", "t"), 'r', 1, true, true, blocks, bytes, 1000);
    return Ranges.DEFAULT.ofAtLeast(wanted).cut(leaf, 0, Place.END).size();
  }
}
