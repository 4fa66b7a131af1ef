package io.millrace.connectors.postgres.source;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was planned before an interruption, and what of it is done. */
record Earlier(List<Done> done, List<Open> open) {
  /** A partition that is durable. */
  record Done(Partition partition, Task task, Outcome outcome) {}

  /** A partition that is to be read, or read again. */
  record Open(Partition partition, Task task) {}

  static Earlier of(List<PartitionProgress> progress) {
    List<Done> done = new ArrayList<>();
    List<Open> open = new ArrayList<>();
    for (PartitionProgress one : progress) {
      Task task = Tokens.read(one.partition());
      @Nullable Checkpoint checkpoint = one.checkpoint();
      if (one.done() && checkpoint != null) {
        done.add(new Done(one.partition(), task, Tokens.read(checkpoint)));
      } else {
        open.add(new Open(one.partition(), task));
      }
    }
    return new Earlier(done, open);
  }

  /** Tells whether what is still to be read was planned for this moment, or nothing is. */
  boolean isOf(@Nullable SnapshotView moment) {
    String name = moment == null ? null : moment.name();
    return open.stream()
        .map(one -> one.task().snapshot())
        .allMatch(
            planned ->
                planned == null
                    ? name == null
                    : planned.name() != null
                        && planned.name().equals(name)
                        && moment != null
                        && planned.xmin() == moment.xmin()
                        && planned.cluster().equals(moment.cluster()));
  }

  /** Returns every place that was planned. */
  Stream<Place> places() {
    return tasks().map(Task::place);
  }

  /** Returns the filter of the stream's read. */
  Filter filter() {
    return tasks()
        .filter(task -> task.since() == null && !task.place().empty())
        .map(Task::filter)
        .findFirst()
        .orElse(Filter.ALL);
  }

  private Stream<Task> tasks() {
    return Stream.concat(open.stream().map(Open::task), done.stream().map(Done::task));
  }

  /** Returns which transactions' rows a place shows that was read at a moment. */
  Known knownAt(SnapshotView moment, Known before) {
    Stream<Long> met =
        done.stream()
            .map(Done::outcome)
            .filter(outcome -> outcome.snapshot().xmax() <= moment.xmax())
            .map(Outcome::met)
            .filter(list -> list != null)
            .flatMap(List::stream);
    return before.then(moment, met);
  }

  /** Returns the newest moment at which something was read, or null when nothing was. */
  @Nullable Outcome newest() {
    return done.stream()
        .map(Done::outcome)
        .max(Comparator.comparingLong(outcome -> outcome.snapshot().xmax()))
        .orElse(null);
  }

  /** Returns the oldest moment at which something was read, or null when nothing was. */
  @Nullable SnapshotView oldest() {
    return done.stream()
        .map(one -> one.outcome().snapshot())
        .min(Comparator.comparingLong(SnapshotView::xmax))
        .orElse(null);
  }
}
