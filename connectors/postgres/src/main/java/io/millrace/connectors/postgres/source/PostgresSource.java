package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgConnections;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.EncodedSource;
import io.millrace.spi.Notice;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.Resumption;
import io.millrace.spi.RowEncoding;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database that is read from. */
final class PostgresSource implements EncodedSource {
  /** With fewer connections, none can be spared to hold a snapshot. */
  private static final int SESSIONS_TO_SHARE_MIN = 2;

  private final PostgresSourceConfig config;
  private final ConnectorContext context;
  private final Sessions sessions;
  private final SharedSnapshot shared;
  private final Planner planner;
  private final ReaderFactory readers;

  /** What a plan found of a stream's columns, so that its readers need not look again. */
  private final Map<ConfiguredStream, Layout> layouts = new ConcurrentHashMap<>();

  PostgresSource(PostgresSourceConfig config, ConnectorContext context, Ranges ranges) {
    int max = Math.max(1, context.tuning().connectionsMax());
    this.config = config;
    this.context = context;
    this.sessions = new Sessions(new PgConnections(config.settings(), max), max);
    this.shared = new SharedSnapshot(sessions, max >= SESSIONS_TO_SHARE_MIN, context.notices());
    this.planner = new Planner(config.replicationMethod(), ranges, context.notices());
    this.readers = new ReaderFactory(sessions, config.replicationMethod(), context);
  }

  @Override
  public void check() throws InterruptedException {
    new Check(sessions, config).run();
  }

  @Override
  public void discover(Consumer<StreamDescriptor> found) throws InterruptedException {
    new Discovery(sessions, config).run(found);
  }

  @Override
  public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state)
      throws InterruptedException {
    try (ReadTransaction transaction = ReadTransaction.begin(sessions, shared.current())) {
      Relation relation = look(transaction, stream);
      StreamPlan plan = planner.plan(transaction, relation, stream, state);
      transaction.end();
      return plan;
    }
  }

  @Override
  public Resumption resume(
      ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress)
      throws InterruptedException {
    Earlier earlier = Earlier.of(progress);
    @Nullable SnapshotView moment = shared.living();
    try (ReadTransaction transaction = ReadTransaction.begin(sessions, moment)) {
      if (earlier.isOf(moment) && Rewrites.none(transaction, earlier)) {
        Relation relation = look(transaction, stream);
        transaction.end();
        return same(stream, relation, progress);
      }
    }
    @Nullable SnapshotView newer = earlier.isOf(moment) ? shared.after(moment) : moment;
    try (ReadTransaction transaction = ReadTransaction.begin(sessions, newer)) {
      Relation relation = look(transaction, stream);
      Resumer resumer = new Resumer(planner, transaction, stream, state, relation);
      Resumption answer = resumer.resume(earlier);
      transaction.end();
      return answer;
    }
  }

  @Override
  public PartitionReader read(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from)
      throws InterruptedException {
    if (from != null) {
      return new DoneReader(from);
    }
    return readers.open(stream, partition, layouts.get(stream), false);
  }

  @Override
  public @Nullable RowEncoding encoding(ConfiguredStream stream) {
    @Nullable Layout layout = layouts.get(stream);
    return layout == null ? null : layout.encoding();
  }

  @Override
  public PartitionReader readEncoded(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from)
      throws InterruptedException {
    if (from != null) {
      return new DoneReader(from);
    }
    return readers.open(stream, partition, layouts.get(stream), true);
  }

  @Override
  public StreamState advance(
      ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
    return Advance.of(stream, before, finished);
  }

  @Override
  public void close() {
    shared.close();
    sessions.close();
  }

  private Relation look(ReadTransaction transaction, ConfiguredStream stream)
      throws InterruptedException {
    Relation relation = Lookup.find(transaction, stream);
    if (layouts.put(stream, Layout.of(stream, relation.columns())) == null
        && relation.rowSecurity()) {
      context
          .notices()
          .accept(
              new Notice(
                  "row_security",
                  stream.name(),
                  "Row security holds for "
                      + stream.name().display()
                      + ": only the rows that its policies show to the user are read."));
    }
    return relation;
  }

  private static Resumption same(
      ConfiguredStream stream, Relation relation, List<PartitionProgress> progress) {
    return new Resumption.Continue(
        new StreamPlan(
            Layout.of(stream, relation.columns()).schema(),
            progress.stream().map(PartitionProgress::partition).toList()));
  }
}
