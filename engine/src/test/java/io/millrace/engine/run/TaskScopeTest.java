package io.millrace.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class TaskScopeTest {
  private final TaskScope scope = new TaskScope(Duration.ofMillis(200), new Cancellation());

  @Test
  void aFailureEndsTheOthersAndIsThrown() {
    CountDownLatch never = new CountDownLatch(1);
    scope.fork("waits", never::await);
    scope.fork(
        "fails",
        () -> {
          throw new IllegalStateException("broken");
        });

    assertThatThrownBy(scope::join).isInstanceOf(IllegalStateException.class);
  }

  /** A driver that is deaf to interrupts is closed under the call. */
  @Test
  @Timeout(60)
  void aTaskThatIgnoresItsInterruptIsClosed() {
    CountDownLatch closed = new CountDownLatch(1);
    scope.closeOnAbort(closed::countDown);
    scope.fork("deaf", () -> awaitDeaf(closed));

    scope.abort();

    assertThatThrownBy(scope::join).isInstanceOf(IllegalStateException.class);
    assertThat(closed.getCount()).isZero();
  }

  /** Even what nothing can end does not hold up the others for longer than the bound. */
  @Test
  @Timeout(60)
  void joinReturnsWithoutATaskThatNeverEnds() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    scope.fork("deaf", () -> awaitDeaf(never));

    scope.abort();
    scope.join();

    never.countDown();
  }

  @Test
  void startsNothingAfterAnAbort() throws InterruptedException {
    scope.abort();
    scope.fork(
        "late",
        () -> {
          throw new IllegalStateException("ran");
        });
    scope.join();
  }

  private static void awaitDeaf(CountDownLatch end) {
    while (true) {
      try {
        end.await();
        throw new IllegalStateException("closed");
      } catch (InterruptedException e) {
        Thread.onSpinWait();
      }
    }
  }
}
