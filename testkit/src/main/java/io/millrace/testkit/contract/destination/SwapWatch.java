package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A reader that looks at a target over and over while it is replaced. */
final class SwapWatch implements AutoCloseable {
  private static final int ROWS = 50;
  private static final int LOOKS_MAX = 1_000_000;
  private static final long PAUSE_MILLIS = 2;

  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicInteger looks = new AtomicInteger();
  private final List<String> faults = new ArrayList<>();
  private final Worker worker;
  private volatile boolean mixed;

  private SwapWatch(DestinationProbe probe, Sync sync) {
    worker = Worker.start(() -> look(probe, sync));
  }

  static SwapWatch begin(DestinationProbe probe, Sync sync) {
    return new SwapWatch(probe, sync);
  }

  /** Returns the rows of the n-th content, which say so in every value. */
  static List<Row> content(long number) {
    return LongStream.range(0, ROWS).mapToObj(i -> Row.of(i, "content", number)).toList();
  }

  /** Waits until the reader has looked so many more times. */
  void awaitLooks(int more) throws InterruptedException {
    int goal = looks.get() + more;
    while (looks.get() < goal && !worker.ended()) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Stops, and fails when anything but whole contents was seen. */
  void assertWhole(boolean exactly) throws InterruptedException {
    stop.set(true);
    Throwable failure = worker.end("the last overwrite");
    assertThat(failure).as("the reader's own failure").isNull();
    assertThat(faults).as("what a polling reader saw beside whole contents").isEmpty();
    assertThat(exactly && mixed).as("a polling reader saw two contents at once").isFalse();
    assertThat(looks.get()).as("how often the reader looked").isPositive();
  }

  @Override
  public void close() {
    stop.set(true);
    worker.interrupt();
  }

  private void look(DestinationProbe probe, Sync sync) throws Exception {
    for (int i = 0; i < LOOKS_MAX && !stop.get(); i++) {
      judge(probe.read(sync), DestinationProbe.names(sync.schema()).size() - 1);
      looks.incrementAndGet();
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private void judge(@Nullable PublishedTable seen, int contentColumn) {
    if (seen == null) {
      faults.add("no target at all");
      return;
    }
    if (seen.busy()) {
      return;
    }
    int index = DestinationProbe.names(seen.schema()).indexOf(DestinationProbe.VERSION);
    int column = index < 0 ? contentColumn : index;
    List<Object> numbers =
        seen.rows().stream().map(row -> Objects.requireNonNull(row.get(column))).toList();
    List<Object> contents = numbers.stream().distinct().toList();
    boolean anyWhole =
        contents.stream().anyMatch(c -> numbers.stream().filter(c::equals).count() == ROWS);
    if (!anyWhole) {
      faults.add("%d rows of contents %s".formatted(numbers.size(), contents));
    }
    mixed |= contents.size() > 1 || numbers.size() > ROWS;
  }
}
