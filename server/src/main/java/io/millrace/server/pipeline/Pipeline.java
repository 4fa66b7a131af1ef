package io.millrace.server.pipeline;

import io.millrace.engine.NamespaceRule;
import io.millrace.engine.SchemaChangePolicy;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamSelection;
import io.millrace.engine.SyncSpec;
import io.millrace.server.connector.Endpoint;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to be synced, whatever form it was said in.
 *
 * @param name what its state is kept under
 * @param source where rows come from
 * @param destination where rows go
 * @param streams what is selected; empty for every stream
 * @param defaults what holds where a selection says nothing
 * @param namespace where streams land
 * @param prefix put before every target name
 * @param schemaChanges what happens when a stream's fields change
 * @param baseDirectory the folder that its state lies beside
 * @param states where streams begin, said explicitly; usually empty
 */
public record Pipeline(
    String name,
    Endpoint source,
    Endpoint destination,
    List<StreamSelection> streams,
    StreamOptions defaults,
    NamespaceRule namespace,
    String prefix,
    SchemaChangePolicy schemaChanges,
    Path baseDirectory,
    Map<StreamName, StreamState> states) {
  public Pipeline {
    streams = List.copyOf(streams);
    states = Map.copyOf(states);
  }

  /**
   * Returns what the engine needs.
   *
   * @throws io.millrace.spi.ConfigException when a connector's configuration is wrong
   */
  public SyncSpec spec() {
    return new SyncSpec(
        name,
        source.source(),
        destination.destination(),
        streams,
        defaults,
        namespace,
        prefix,
        schemaChanges);
  }
}
