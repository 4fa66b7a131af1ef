package io.millrace.spi;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A configured system that streams are read from.
 *
 * <p>Grammar: {@code open (check | discover | ((plan | resume) (read next* checkpoint* close)*
 * advance)*)* close}. Several streams are planned, read and advanced at once from different
 * threads, so a source is thread-safe; it holds no state between calls but what it returned in
 * tokens, apart from connections and snapshots, which {@link #close} ends. Every blocking call ends
 * within a few seconds of an interrupt. Every failure is a {@link ConnectorException}.
 */
public interface Source extends AutoCloseable {
  /**
   * Proves that the configuration works by doing a little of the real work: connects, logs in,
   * looks at one stream. Changes nothing.
   *
   * @throws ConfigException when the user must change something
   * @throws TransientException when it may work later
   */
  void check() throws InterruptedException;

  /**
   * Finds every stream the configuration lets the source see and hands each over as it is found, in
   * the order of {@link StreamName}. The streams are never held all at once: there may be 20,000.
   */
  void discover(Consumer<StreamDescriptor> found) throws InterruptedException;

  /**
   * Plans the read of a stream. Called once per stream and sync, before any reader of it. Reads
   * nothing but what it needs to cut partitions and changes nothing; the {@code plan} command calls
   * it without reading afterwards.
   *
   * @param state where the last sync ended; null on the first sync, or when everything is to be
   *     read
   * @throws ConfigException when the stream, its cursor or a column does not exist or may not be
   *     read
   */
  StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state) throws InterruptedException;

  /**
   * Plans the rest of an interrupted read: after a crash of the process, in a new source; after a
   * transient failure, in the same one. The result must be as if the read had never stopped:
   * nothing lost, nothing doubled. Where the data changed so that this cannot be had, the answer is
   * {@link Resumption.Restart} for staged modes; for appends, rows that changed since are read
   * again as they are now and none is left out.
   *
   * @param state the state the interrupted sync began with
   * @param progress every partition planned so far, in plan order
   */
  Resumption resume(
      ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress)
      throws InterruptedException;

  /**
   * Opens a reader of one partition. Several readers run at once, each used by one thread.
   *
   * @param from the checkpoint to go on from; null to read from the partition's beginning
   */
  PartitionReader read(ConfiguredStream stream, Partition partition, @Nullable Checkpoint from)
      throws InterruptedException;

  /**
   * Joins the last checkpoints of all partitions to the state with which the next sync begins.
   * Called once, when every partition of the stream is durable. Pure: it touches no connection.
   *
   * @param before the state the sync began with
   * @param finished every partition with its last checkpoint, in plan order
   */
  StreamState advance(
      ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished);

  /** Ends every connection and snapshot. May follow any call, and be called twice; never throws. */
  @Override
  void close();
}
