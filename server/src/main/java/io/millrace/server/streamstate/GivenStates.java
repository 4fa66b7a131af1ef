package io.millrace.server.streamstate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.spi.StateCheck;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of states that a client gives for a connection's streams, without asking its
 * source. What cannot be told is taken as it is.
 */
final class GivenStates {
  private final Map<StreamName, ConnectionStream> configured = new HashMap<>();
  private final Set<StreamName> known = new HashSet<>();
  private final boolean offerKnown;
  private final Optional<StateCheck> check;

  /**
   * Makes it.
   *
   * @param streams the connection's streams
   * @param remembered the streams that have a state
   * @param offered what the source offers, the API's {@code AirbyteStream}; empty where unknown
   * @param check what the source can tell of a state; empty where it can tell nothing
   */
  GivenStates(
      List<ConnectionStream> streams,
      List<StreamName> remembered,
      Optional<List<ObjectNode>> offered,
      Optional<StateCheck> check) {
    streams.forEach(stream -> configured.put(stream.name(), stream));
    known.addAll(configured.keySet());
    known.addAll(remembered);
    offered.ifPresent(all -> all.forEach(stream -> known.add(StreamJson.name(stream))));
    this.offerKnown = offered.isPresent();
    this.check = check;
  }

  /**
   * Returns the stream of a name: without a namespace it is the only one of that name.
   *
   * @return null where it is none that the connection or its source has
   */
  @Nullable StreamName find(@Nullable String namespace, String name) {
    StreamName exact =
        new StreamName(namespace == null || namespace.isEmpty() ? null : namespace, name);
    if (known.contains(exact)) {
      return exact;
    }
    List<StreamName> named = new ArrayList<>();
    if (exact.namespace() == null) {
      known.stream().filter(one -> one.name().equals(name)).forEach(named::add);
    }
    if (named.size() == 1) {
      return named.getFirst();
    }
    return offerKnown || !named.isEmpty() ? null : exact;
  }

  /** Returns what was expected in a state's place, to follow the word "expected"; or null. */
  @Nullable String wrongWith(StreamName name, StreamState state) {
    ConnectionStream stream = configured.get(name);
    Schema fields = stream == null ? new Schema(List.of()) : StreamJson.schema(stream);
    return check.map(one -> one.wrongWith(state, fields)).orElse(null);
  }
}
