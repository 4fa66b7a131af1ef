package io.millrace.connectors.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Heartbeat;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A merge of hours is known from a call that hangs. */
@Timeout(60)
final class NativeCallsTest {
  private static final Duration LOOK = Duration.ofMillis(30);
  private static final int BEATS = 3;

  /** A statement without end, which the third beat cancels. */
  @Test
  void beatsWhileAStatementComputes() throws Exception {
    CountDownLatch beaten = new CountDownLatch(BEATS);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      Thread canceller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      beaten.await();
                      statement.cancel();
                    } catch (InterruptedException | SQLException e) {
                      // The statement does not end, and the test with it.
                    }
                  });
      String endless =
          "SELECT sum(hash(a.range, b.range)) FROM range(10000000) a, range(10000000) b";
      assertThatThrownBy(() -> run(statement, endless, beaten::countDown))
          .hasStackTraceContaining("INTERRUPT");
      canceller.join();
    }
    assertThat(beaten.await(0, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void doesNotBeatWhileACallWaits() throws Exception {
    AtomicInteger beats = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    boolean came = NativeCalls.call(() -> awaited(never), () -> {}, beats::incrementAndGet, LOOK);
    assertThat(came).isFalse();
    // What the thread computed before it began to wait may be seen once.
    assertThat(beats).hasValueLessThan(BEATS);
  }

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

  private static void run(Statement statement, String sql, Heartbeat heartbeat)
      throws InterruptedException {
    NativeCalls.call(() -> statement.execute(sql), () -> {}, heartbeat, LOOK);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(LOOK.toMillis() * 20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }
}
