package io.millrace.server.connection.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.catalog.AirbyteStreams;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionLists;
import io.millrace.server.connection.ConnectionView;
import io.millrace.server.http.Answer;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Writes lists of connections a few at a time, with the schemas of their streams as the store holds
 * them: a thousand connections are tens of megabytes, which nobody needs as one document. No
 * transaction waits for a slow client.
 */
final class ConnectionWriter {
  private static final String JSON = "application/json";

  /** How many connections are read in one transaction. */
  private static final int CONNECTIONS = 32;

  private static final String ALIAS = "aliasName";

  /** How a key stands in a document of the store, which is written without spaces. */
  private static final String ALIAS_KEY = "\"" + ALIAS + "\":";

  private final ConnectionLists lists;

  ConnectionWriter(ConnectionLists lists) {
    this.lists = lists;
  }

  /** Answers an object with the connections under each of some names. */
  Answer answer(List<ConnectionId> ids, String... names) {
    return new Answer.Stream(
        JSON,
        Map.of(),
        out -> {
          try (JsonGenerator json = Documents.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            for (String name : names) {
              json.writeArrayFieldStart(name);
              for (int from = 0; from < ids.size(); from += CONNECTIONS) {
                int to = Math.min(from + CONNECTIONS, ids.size());
                for (ConnectionView.Listed one : lists.listed(ids.subList(from, to))) {
                  write(json, one);
                }
              }
              json.writeEndArray();
            }
            json.writeEndObject();
          }
        });
  }

  private static void write(JsonGenerator json, ConnectionView.Listed one) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, JsonNode> field :
        ConnectionJson.withoutStreams(one.view()).properties()) {
      json.writePOJOField(field.getKey(), field.getValue());
    }
    json.writeObjectFieldStart("syncCatalog");
    json.writeArrayFieldStart("streams");
    for (ConnectionView.Written stream : one.streams()) {
      json.writeStartObject();
      json.writeFieldName("stream");
      json.writeRawValue(stream.stream());
      json.writeFieldName("config");
      json.writeRawValue(config(stream));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String config(ConnectionView.Written stream) {
    if (stream.config().contains(ALIAS_KEY)) {
      return stream.config();
    }
    ObjectNode config = Rows.object(stream.config());
    return Rows.text(config.put(ALIAS, AirbyteStreams.alias(stream.name())));
  }
}
