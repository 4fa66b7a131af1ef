package io.millrace.testkit.contract.destination;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.fake.FakeDestination;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.FakeStore;
import io.millrace.testkit.fake.FaultPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Destinations that break one promise each. */
final class BrokenDestinations {
  private static final long GAP_MILLIS = 30;

  private BrokenDestinations() {}

  /** Spoils what is asked. */
  static Destination asking(Destination correct, UnaryOperator<LoadPlan> change) {
    return new ForwardingDestination(correct) {
      @Override
      LoadPlan change(LoadPlan plan) {
        return change.apply(plan);
      }
    };
  }

  /** Spoils every loader. */
  static Destination loading(
      Destination correct, BiFunction<StreamLoader, LoadPlan, StreamLoader> wrapper) {
    return new ForwardingDestination(correct) {
      @Override
      StreamLoader wrap(StreamLoader loader, LoadPlan plan) {
        return wrapper.apply(loader, plan);
      }
    };
  }

  /** Spoils every writer. */
  static Destination writing(Destination correct, UnaryOperator<BatchWriter> wrapper) {
    return loading(
        correct,
        (loader, plan) ->
            new ForwardingLoader(loader) {
              @Override
              BatchWriter wrap(BatchWriter writer) {
                return wrapper.apply(writer);
              }
            });
  }

  /** Passes every configuration. */
  static Destination checkingNothing(Destination correct) {
    return new ForwardingDestination(correct) {
      @Override
      public void check() {}
    };
  }

  /** Cuts names, and nothing more. */
  static Destination cuttingNames(Destination correct) {
    return new ForwardingDestination(correct) {
      @Override
      public TargetName identify(TargetName wanted) {
        String name = wanted.name();
        return super.identify(
            TargetName.wanted(wanted.namespace(), name.substring(0, Math.min(name.length(), 63))));
      }
    };
  }

  /** Makes the target when it is asked what it would do. */
  static Destination actingOnPreview(Destination correct) {
    return new ForwardingDestination(correct) {
      @Override
      public List<String> preview(LoadPlan plan) throws InterruptedException {
        try (StreamLoader loader = open(plan)) {
          loader.finish();
        }
        return List.of("nothing");
      }
    };
  }

  /** Writes its rows once more under the next number when somebody else has used theirs. */
  static Destination insisting(Destination correct, ConnectorContext context) {
    return loading(
        correct,
        (loader, plan) ->
            new ForwardingLoader(loader) {
              @Override
              public BatchWriter writer(String partitionId, int ordinal)
                  throws InterruptedException {
                return new BrokenWriters.Insists(
                    super.writer(partitionId, ordinal),
                    context.allocator(),
                    () -> correct.open(plan));
              }
            });
  }

  /** Declares that it only appends, and appends whatever it is asked to do. */
  static Destination appendingWhatever(Destination correct) {
    return new ForwardingDestination(correct) {
      @Override
      public DestinationTraits traits() {
        DestinationTraits traits = super.traits();
        return new DestinationTraits(
            Set.of(WriteMode.APPEND),
            traits.layout(),
            traits.metadataColumns(),
            traits.defaultNamespace(),
            traits.exactSystems(),
            traits.commitBytes());
      }
    };
  }

  /** Keeps what was not committed. */
  static Destination committingAtClose(Destination correct) {
    return loading(
        correct,
        (loader, plan) ->
            new ForwardingLoader(loader) {
              @Override
              public BatchWriter writer(String partitionId, int ordinal)
                  throws InterruptedException {
                return new BrokenWriters.CommitsAtClose(
                    super.writer(partitionId, ordinal), partitionId);
              }
            });
  }

  /** Forgets what was committed. */
  static Destination forgettingCommits(Destination correct) {
    return loading(
        correct,
        (loader, plan) ->
            new ForwardingLoader(loader) {
              @Override
              public List<Commit> commits() {
                return List.of();
              }
            });
  }

  /** Records a part of each commit. */
  static Destination abridgingCommits(Destination correct) {
    return loading(
        correct,
        (loader, plan) ->
            new ForwardingLoader(loader) {
              @Override
              public List<Commit> commits() throws InterruptedException {
                return super.commits().stream()
                    .map(
                        c ->
                            new Commit(
                                c.partitionId(),
                                c.sequence(),
                                c.checkpoint(),
                                c.done(),
                                Tally.ZERO))
                    .toList();
              }
            });
  }

  /** Publishes again whenever it is asked again. */
  static Destination publishingTwice(
      Destination correct, ConnectorContext context, FakeStore store) {
    Set<String> finished = FINISHED;
    return loading(
        correct,
        (loader, plan) ->
            new ForwardingLoader(loader) {
              @Override
              public FinishReceipt finish() throws InterruptedException {
                FinishReceipt receipt = super.finish();
                if (!finished.add(plan.connectionId() + plan.syncId())) {
                  addAgain(store, plan, context.allocator());
                }
                return receipt;
              }
            });
  }

  private static final Set<String> FINISHED = ConcurrentHashMap.newKeySet();

  private static void addAgain(FakeStore store, LoadPlan plan, BufferAllocator allocator)
      throws InterruptedException {
    FakeStore.Published before = store.read(plan.target());
    if (before == null || before.rows().isEmpty()) {
      return;
    }
    LoadPlan again = aside(plan, WriteMode.APPEND, before.schema()).plan();
    try (Destination destination = overStore(store);
        StreamLoader loader = destination.open(again);
        BatchWriter writer = loader.writer("again", 0);
        RecordBatch batch = Batches.batch(allocator, before.schema(), before.rows())) {
      writer.write(batch);
      writer.commit(new Commit("again", 1, null, true, Tally.ZERO));
    }
  }

  private static Sync aside(LoadPlan plan, WriteMode mode, Schema schema) {
    return new Sync(
        DestinationProbe.unique("aside"),
        1,
        new StreamName(null, "aside"),
        plan.target(),
        schema,
        mode,
        List.of(),
        null);
  }

  private static Destination overStore(FakeStore store) {
    return new FakeDestination(store, FakeDestinationOptions.DEFAULT, FaultPlan.none());
  }

  /** Empties the target first and fills it then. */
  static Destination swappingInTwoSteps(Destination correct, FakeStore store) {
    return loading(
        correct,
        (loader, plan) ->
            new ForwardingLoader(loader) {
              @Override
              public FinishReceipt finish() throws InterruptedException {
                LoadPlan empty = aside(plan, WriteMode.OVERWRITE, plan.schema()).plan();
                try (Destination destination = overStore(store);
                    StreamLoader truncate = destination.open(empty)) {
                  truncate.finish();
                }
                Thread.sleep(GAP_MILLIS);
                return super.finish();
              }
            });
  }

  /** Writes partitions in the order of their commits. */
  static Destination ignoringOrdinals(Destination correct) {
    return loading(
        correct,
        (loader, plan) ->
            new ForwardingLoader(loader) {
              @Override
              public BatchWriter writer(String partitionId, int ordinal)
                  throws InterruptedException {
                return super.writer(partitionId, 0);
              }
            });
  }

  /** Refuses a changed schema without a word to the user. */
  static Destination refusingChanges(Destination correct) {
    return new ForwardingDestination(correct) {
      @Override
      public StreamLoader open(LoadPlan plan) throws InterruptedException {
        Schema first = FIRST_SCHEMAS.computeIfAbsent(plan.target(), _ -> plan.schema());
        if (!first.equals(plan.schema())) {
          throw new ConfigException("schema", "bad schema");
        }
        return super.open(plan);
      }
    };
  }

  private static final Map<TargetName, Schema> FIRST_SCHEMAS = new ConcurrentHashMap<>();

  /** Keeps a thread for each loader, until {@code end}. */
  static Destination leakingThreads(Destination correct, CountDownLatch end) {
    return loading(
        correct,
        (loader, plan) -> {
          Thread.ofPlatform().daemon().name("left-running").start(() -> await(end));
          return loader;
        });
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns a plan with other parts. */
  static LoadPlan plan(
      LoadPlan plan,
      String connectionId,
      long syncId,
      StreamName stream,
      WriteMode mode,
      @Nullable String cursor) {
    return new LoadPlan(
        connectionId,
        syncId,
        plan.generationId(),
        stream,
        plan.target(),
        plan.schema(),
        mode,
        plan.primaryKey(),
        cursor);
  }
}
