package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns tasks into partitions, each with an id that no other of the stream has. */
final class Partitions {
  private static final int COLUMNS_NAMED_MAX = 20;

  private final ConfiguredStream stream;
  private final Set<String> taken = new HashSet<>();
  private final List<Partition> partitions = new ArrayList<>();
  private int number;

  Partitions(ConfiguredStream stream) {
    this.stream = stream;
  }

  /** Reserves the ids of partitions that were planned before. */
  void reserve(List<Partition> earlier) {
    earlier.forEach(partition -> taken.add(partition.id()));
  }

  /** Adds a partition as it was planned before. */
  void keep(Partition partition) {
    taken.add(partition.id());
    partitions.add(partition);
  }

  /** Adds a partition planned before with another task. */
  void keep(Partition partition, Task task) {
    taken.add(partition.id());
    partitions.add(
        partition(partition.id(), task, partition.estimatedRows(), partition.estimatedBytes()));
  }

  /**
   * Adds a new partition. Where the task reads what is new since another read, its guess is
   * dropped: nobody knows how many rows of the place that leaves.
   *
   * @param rows a guess of the number of rows in the task's place, or -1
   * @param bytes a guess of their size, or -1
   */
  void add(Task task, long rows, long bytes) {
    String id;
    do {
      id = String.format(Locale.ROOT, "p%05d", number++);
    } while (!taken.add(id));
    boolean known = rows == 0 || task.filter().takesAll();
    partitions.add(partition(id, task, known ? rows : -1, known ? bytes : -1));
  }

  List<Partition> list() {
    return partitions;
  }

  private Partition partition(String id, Task task, long rows, long bytes) {
    return new Partition(id, Tokens.VERSION, Tokens.write(task), describe(task), rows, bytes);
  }

  /**
   * Every partition of a plan is kept with this text, so wide tables have their columns counted.
   */
  private String describe(Task task) {
    List<String> columns = stream.columns();
    return Statements.copy(
        task,
        columns.size() > COLUMNS_NAMED_MAX
            ? columns.size() + " columns"
            : columns.stream().map(PgIdentifiers::quote).collect(Collectors.joining(", ")));
  }
}
