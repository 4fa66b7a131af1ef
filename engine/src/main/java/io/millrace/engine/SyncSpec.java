package io.millrace.engine;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Destination;
import io.millrace.spi.Source;
import io.millrace.spi.StreamName;
import java.util.List;
import java.util.function.Function;

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
 */
public record SyncSpec(
    String connectionId,
    Function<ConnectorContext, Source> source,
    Function<ConnectorContext, Destination> destination,
    List<StreamSelection> streams,
    StreamOptions defaults,
    NamespaceRule namespace,
    String prefix,
    SchemaChangePolicy schemaChanges) {
  public SyncSpec {
    streams = List.copyOf(streams);
  }

  /** Tells whether a stream is selected, whether or not the source has it. */
  public boolean selects(StreamName stream) {
    return streams.isEmpty() || streams.stream().anyMatch(one -> one.pattern().matches(stream));
  }
}
