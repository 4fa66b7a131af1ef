package io.millrace.testkit.contract.source;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.Resumption;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.Tuning;
import io.millrace.testkit.fake.FakeDatabase;
import io.millrace.testkit.fake.FakeSource;
import io.millrace.testkit.fake.FakeSourceOptions;
import io.millrace.testkit.fake.FaultPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sources that break one promise each. */
final class BrokenSources {
  private BrokenSources() {}

  /** Spoils every reader. */
  static Source reading(Source correct, UnaryOperator<PartitionReader> wrapper) {
    return new ForwardingSource(correct) {
      @Override
      PartitionReader wrap(PartitionReader reader) {
        return wrapper.apply(reader);
      }
    };
  }

  /** Passes every configuration. */
  static Source checkingNothing(Source correct) {
    return new ForwardingSource(correct) {
      @Override
      public void check() {}
    };
  }

  /** Tells the password to everybody. */
  static Source tellingThePassword(Source correct) {
    return new ForwardingSource(correct) {
      @Override
      public void check() throws InterruptedException {
        try {
          super.check();
        } catch (ConfigException e) {
          throw new ConfigException("auth", "The password guess 42 is wrong; host nowhere.");
        }
      }
    };
  }

  /** Finds streams by their names in lower case. */
  static Source foldingNames(Source correct) {
    return new ForwardingSource(correct) {
      @Override
      public void discover(Consumer<StreamDescriptor> found) throws InterruptedException {
        super.discover(stream -> found.accept(folded(stream)));
      }
    };
  }

  private static StreamDescriptor folded(StreamDescriptor stream) {
    StreamName name = stream.name();
    return new StreamDescriptor(
        new StreamName(name.namespace(), name.name().toLowerCase(Locale.ROOT)),
        stream.schema(),
        stream.primaryKey(),
        stream.cursorFields(),
        stream.sourceDefinedCursor(),
        stream.incremental(),
        stream.estimatedRows(),
        stream.estimatedBytes());
  }

  /** Reads columns in another order than the chosen one. */
  static Source choosingColumnsItself(Source correct) {
    return new ForwardingSource(correct) {
      @Override
      public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state)
          throws InterruptedException {
        return super.plan(with(stream, stream.columns().reversed()), state);
      }
    };
  }

  /** Leaves out a chosen column that is gone, and says nothing. */
  static Source overlookingDroppedColumns(Source correct, FakeDatabase database) {
    return new ForwardingSource(correct) {
      @Override
      public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state)
          throws InterruptedException {
        List<String> there =
            SourceProbe.names(Objects.requireNonNull(database.find(stream.name())).schema());
        return super.plan(
            with(stream, stream.columns().stream().filter(there::contains).toList()), state);
      }
    };
  }

  private static ConfiguredStream with(ConfiguredStream stream, List<String> columns) {
    return new ConfiguredStream(
        stream.name(),
        columns,
        stream.mode(),
        stream.cursorField(),
        stream.primaryKey(),
        stream.exactSystems());
  }

  /** Begins every partition again after an interruption. */
  static Source forgettingCheckpoints(Source correct) {
    return new ForwardingSource(correct) {
      @Override
      public PartitionReader read(
          ConfiguredStream stream, Partition partition, @Nullable Checkpoint from)
          throws InterruptedException {
        return super.read(stream, partition, null);
      }
    };
  }

  /** Leaves out of a resumed plan what is done. */
  static Source forgettingPartitions(Source correct) {
    return new ForwardingSource(correct) {
      @Override
      public Resumption resume(
          ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress)
          throws InterruptedException {
        Resumption whole = super.resume(stream, state, progress);
        int done = (int) progress.stream().filter(PartitionProgress::done).count();
        return new Resumption.Continue(
            new StreamPlan(
                whole.schema(), whole.partitions().subList(done, whole.partitions().size())));
      }
    };
  }

  /** Begins again from nothing although nothing changed. */
  static Source restarting(Source correct) {
    return new ForwardingSource(correct) {
      @Override
      public Resumption resume(
          ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress)
          throws InterruptedException {
        return new Resumption.Restart("Just so.", super.plan(stream, state));
      }
    };
  }

  /** Takes what is there at the end of a read for read. */
  static Source aheadOfItsRead(Source correct, FakeDatabase database) {
    return new ForwardingSource(correct) {
      @Override
      public StreamState advance(
          ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
        int rows = Objects.requireNonNull(database.find(stream.name())).rows().size();
        return new StreamState(1, "{\"slot\":" + rows + "}");
      }
    };
  }

  /** Takes a version that was seen before for a row that was seen before. */
  static Source skippingTies(Source correct, ConnectorContext context, FakeDatabase database) {
    return new ForwardingSource(correct) {
      private long seen = Long.MIN_VALUE;

      @Override
      public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state)
          throws InterruptedException {
        seen = state == null ? Long.MIN_VALUE : state.version();
        return super.plan(stream, null);
      }

      @Override
      PartitionReader wrap(PartitionReader reader) {
        return new BrokenReaders.ChangesRows(
            reader,
            context.allocator(),
            row -> (Long) Objects.requireNonNull(row.get(2)) > seen ? row : null);
      }

      @Override
      public StreamState advance(
          ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
        long newest =
            Objects.requireNonNull(database.find(stream.name())).rows().stream()
                .mapToLong(row -> (Long) Objects.requireNonNull(row.get(2)))
                .max()
                .orElse(seen);
        return new StreamState(Math.toIntExact(newest), "{}");
      }
    };
  }

  /** Writes its state in words. */
  static Source talkingInTokens(Source correct) {
    return new ForwardingSource(correct) {
      @Override
      public StreamState advance(
          ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
        return new StreamState(1, "up to here");
      }
    };
  }

  /** Makes batches as large as it likes. */
  static Source unbounded(ConnectorContext context, FakeDatabase database) {
    ConnectorContext wide =
        new ConnectorContext(
            context.allocator(),
            context.clock(),
            context.tempDirectory(),
            context.notices(),
            Tuning.DEFAULT);
    return new FakeSource(
        database, FakeSourceOptions.DEFAULT.cut(1, 1 << 20, 1), FaultPlan.none(), wide);
  }

  /** Keeps a buffer for each reader. */
  static Source leakingMemory(Source correct, ConnectorContext context) {
    return reading(
        correct,
        reader -> {
          context.allocator().buffer(1).getReferenceManager();
          return reader;
        });
  }

  /** Keeps a thread for each reader, until {@code end}. */
  static Source leakingThreads(Source correct, CountDownLatch end) {
    return reading(
        correct,
        reader -> {
          Thread.ofVirtual().name("left-running").start(() -> await(end));
          return reader;
        });
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps a file for each reader. */
  static Source leakingFiles(Source correct, ConnectorContext context) {
    return reading(
        correct,
        reader -> {
          try {
            Files.createTempFile(context.tempDirectory(), "kept", ".tmp");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return reader;
        });
  }
}
