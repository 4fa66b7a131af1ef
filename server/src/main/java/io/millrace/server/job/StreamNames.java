package io.millrace.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.StreamName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of streams in the API's {@code StreamDescriptor} and in columns. */
public final class StreamNames {
  private StreamNames() {}

  /** Returns {@code {name, namespace}}. */
  public static ObjectNode descriptor(StreamName stream) {
    ObjectNode json = Documents.empty().put("name", stream.name());
    if (stream.namespace() != null) {
      json.put("namespace", stream.namespace());
    }
    return json;
  }

  /** Reads {@link #descriptor}. */
  public static StreamName of(JsonNode json) {
    return new StreamName(json.path("namespace").textValue(), json.path("name").asText());
  }

  /** Returns the descriptors of streams as a list. */
  public static JsonNode descriptors(Collection<StreamName> streams) {
    var list = Documents.MAPPER.createArrayNode();
    streams.forEach(stream -> list.add(descriptor(stream)));
    return list;
  }

  /** Reads {@link #descriptors}, which may be absent. */
  public static Set<StreamName> set(JsonNode list) {
    Set<StreamName> streams = new LinkedHashSet<>();
    list.forEach(one -> streams.add(of(one)));
    return streams;
  }

  /** Returns the namespace as a column holds it: empty where there is none. */
  public static String column(StreamName stream) {
    return stream.namespace() == null ? "" : stream.namespace();
  }

  /** Returns a name whose namespace comes from a column. */
  public static StreamName ofColumns(String namespace, String name) {
    @Nullable String given = namespace.isEmpty() ? null : namespace;
    return new StreamName(given, name);
  }
}
