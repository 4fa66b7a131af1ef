package io.millrace.connectors.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NativeCallsTest {
  /** A sync that is cancelled while it opens its file must not keep it locked. */
  @Test
  void whatWasOpenedUnderAnInterruptIsClosed() {
    List<String> closed = new ArrayList<>();
    Thread caller = Thread.currentThread();
    assertThatThrownBy(
            () ->
                NativeCalls.open(
                    () -> {
                      caller.interrupt();
                      while (caller.isInterrupted()) {
                        Thread.onSpinWait();
                      }
                      return "file";
                    },
                    closed::add))
        .isInstanceOf(InterruptedException.class);
    assertThat(closed).containsExactly("file");
  }

  @Test
  void whatWasOpenedInPeaceStaysOpen() throws Exception {
    List<String> closed = new ArrayList<>();
    assertThat(NativeCalls.open(() -> "file", closed::add)).isEqualTo("file");
    assertThat(closed).isEmpty();
  }
}
