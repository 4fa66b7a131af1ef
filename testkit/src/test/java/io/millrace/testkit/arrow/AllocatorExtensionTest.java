package io.millrace.testkit.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.JUnitRun;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

final class AllocatorExtensionTest {
  @ExtendWith(AllocatorExtension.class)
  static final class Leaking {
    @Test
    void keepsABuffer(BufferAllocator allocator) {
      Assumptions.assumeTrue(JUnitRun.active());
      ArrowBuf kept = allocator.buffer(64);
      assertThat(kept.capacity()).isEqualTo(64);
    }

    @Test
    void givesItBack(BufferAllocator allocator) {
      Assumptions.assumeTrue(JUnitRun.active());
      try (ArrowBuf used = allocator.buffer(64)) {
        assertThat(used.capacity()).isEqualTo(64);
      }
    }
  }

  @Test
  void failsTheTestThatLeaksAndNamesIt() {
    JUnitRun run = JUnitRun.of(Leaking.class);
    assertThat(run.failures()).containsOnlyKeys("keepsABuffer(BufferAllocator)");
    assertThat(run.failure("keepsABuffer(BufferAllocator)"))
        .hasMessageContaining("keepsABuffer")
        .hasMessageContaining("left Arrow memory allocated");
    assertThat(run.passed()).contains("givesItBack(BufferAllocator)");
  }
}
