package io.millrace.connectors.postgres.source;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Notice;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tuning;
import io.millrace.spi.config.ConfigReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Reads one table to nowhere, several times, and prints rows and CPU seconds. Not a test: run its
 * main with the arguments URI, schema, table, readers, rounds.
 */
public final class ReadBenchmark {
  private ReadBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    PostgresSourceDefinition definition = new PostgresSourceDefinition();
    PostgresSourceConfig config =
        ConfigReader.read(
            PostgresSourceConfig.class, definition.uriForm().toConfig().apply(args[0]));
    StreamName name = new StreamName(args[1], args[2]);
    for (int round = 0; round < Integer.parseInt(args[4]); round++) {
      try (BufferAllocator allocator = new RootAllocator();
          Source source = definition.open(config, context(allocator))) {
        round(source, name, Integer.parseInt(args[3]));
      }
    }
  }

  private static ExecutorService threads() {
    return Boolean.getBoolean("millrace.platform")
        ? Executors.newCachedThreadPool()
        : Executors.newVirtualThreadPerTaskExecutor();
  }

  private static ConnectorContext context(BufferAllocator allocator) {
    return new ConnectorContext(
        allocator, Clock.systemUTC(), Path.of("target"), ReadBenchmark::print, Tuning.DEFAULT);
  }

  private static void print(Notice notice) {
    System.out.println(notice.message());
  }

  private static void round(Source source, StreamName name, int readers) throws Exception {
    long start = System.nanoTime();
    long cpu = cpuNanos();
    ConfiguredStream stream = choose(source, name);
    long discovered = System.nanoTime();
    StreamPlan plan = source.plan(stream, null);
    long planned = System.nanoTime();
    Queue<Partition> partitions = new ConcurrentLinkedQueue<>(plan.partitions());
    AtomicLong rows = new AtomicLong();
    try (ExecutorService threads = threads()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        all.add(threads.submit(() -> read(source, stream, partitions, rows)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d rows in %d partitions: discover %.3f s, plan %.3f s, read %.2f s, CPU %.2f s%n",
        rows.get(),
        plan.partitions().size(),
        (discovered - start) / 1e9,
        (planned - discovered) / 1e9,
        (System.nanoTime() - planned) / 1e9,
        (cpuNanos() - cpu) / 1e9);
  }

  private static ConfiguredStream choose(Source source, StreamName name)
      throws InterruptedException {
    List<StreamDescriptor> found = new ArrayList<>();
    source.discover(
        one -> {
          if (one.name().equals(name)) {
            found.add(one);
          }
        });
    List<String> columns =
        found.getFirst().schema().getFields().stream().map(Field::getName).toList();
    return new ConfiguredStream(
        name, columns, SyncMode.FULL_REFRESH_OVERWRITE, null, List.of(), Set.of("postgresql"));
  }

  private static Void read(
      Source source, ConfiguredStream stream, Queue<Partition> partitions, AtomicLong rows)
      throws InterruptedException {
    for (Partition next = partitions.poll(); next != null; next = partitions.poll()) {
      try (PartitionReader reader = source.read(stream, next, null)) {
        for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
          rows.addAndGet(batch.rowCount());
          batch.close();
        }
      }
    }
    return null;
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
