package io.millrace.engine;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Destination;
import io.millrace.spi.Source;
import io.millrace.spi.StreamName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What one pipeline syncs.
 *
 * @param connectionId the pipeline's name; what a sync leaves behind is found again by it
 * @param source opens the source
 * @param destination opens the destination
 * @param streams what is selected, the first match of a stream counts; empty for every stream
 * @param defaults what holds for a stream where its selection says nothing
 * @param namespace where streams land
 * @param prefix put before every target name
 * @param schemaChanges what happens when a stream's fields have changed since the last sync
 * @param replaced tells the streams that are read from their beginning and whose rows then replace
 *     everything in the target, although their mode alone would add to it
 * @param emptying targets are emptied, and the source has no rows: see {@link #emptying(Map)}
 * @param job the number of the job that the sync is run for, which rows name as the sync that
 *     brought them; null where it is no job's, and they name the connection's own sync
 */
public record SyncSpec(
    String connectionId,
    Function<ConnectorContext, Source> source,
    Function<ConnectorContext, Destination> destination,
    List<StreamSelection> streams,
    StreamOptions defaults,
    NamespaceRule namespace,
    String prefix,
    SchemaChangePolicy schemaChanges,
    Predicate<StreamName> replaced,
    boolean emptying,
    @Nullable Long job) {
  public SyncSpec {
    streams = List.copyOf(streams);
  }

  /** Makes a spec of a sync that is no job's, in which every stream does what its mode says. */
  public SyncSpec(
      String connectionId,
      Function<ConnectorContext, Source> source,
      Function<ConnectorContext, Destination> destination,
      List<StreamSelection> streams,
      StreamOptions defaults,
      NamespaceRule namespace,
      String prefix,
      SchemaChangePolicy schemaChanges) {
    this(
        connectionId,
        source,
        destination,
        streams,
        defaults,
        namespace,
        prefix,
        schemaChanges,
        _ -> false,
        false,
        null);
  }

  /** Returns this spec with streams that are {@link #replaced}. */
  public SyncSpec replacing(Predicate<StreamName> streamsReplaced) {
    return with(streamsReplaced, job);
  }

  /** Returns this spec, run for a job; attempts of one job share its number. */
  public SyncSpec ofJob(long number) {
    return with(replaced, number);
  }

  private SyncSpec with(Predicate<StreamName> streamsReplaced, @Nullable Long number) {
    return new SyncSpec(
        connectionId,
        source,
        destination,
        streams,
        defaults,
        namespace,
        prefix,
        schemaChanges,
        streamsReplaced,
        emptying,
        number);
  }

  /**
   * Returns a spec that empties the targets of these streams. The source is not asked, so it may be
   * away, or no longer have one of them. From their beginning there the streams have no state;
   * where it is given up before its end, the next sync of such a stream reads everything and
   * replaces what the target holds.
   *
   * @param emptied what each looks like, as it was last seen; at least one
   */
  public SyncSpec emptying(Map<StreamName, Schema> emptied) {
    if (emptied.isEmpty()) {
      throw new IllegalArgumentException("No stream is named, which would mean every stream.");
    }
    List<StreamSelection> selections =
        emptied.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                one ->
                    new StreamSelection(
                        StreamPattern.exactly(one.getKey()),
                        optionsOf(one.getKey()).emptying(one.getValue())))
            .toList();
    return new SyncSpec(
        connectionId,
        context -> new EmptiedSource(emptied),
        destination,
        selections,
        StreamOptions.NONE,
        namespace,
        prefix,
        SchemaChangePolicy.PROPAGATE,
        _ -> false,
        true,
        job);
  }

  private StreamOptions optionsOf(StreamName name) {
    return streams.stream()
        .filter(one -> one.pattern().matches(name))
        .findFirst()
        .map(one -> one.options().or(defaults))
        .orElse(defaults);
  }

  /** Tells whether a stream is selected, whether or not the source has it. */
  public boolean selects(StreamName stream) {
    return streams.isEmpty() || streams.stream().anyMatch(one -> one.pattern().matches(stream));
  }
}
