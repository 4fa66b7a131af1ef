package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Body;
import java.util.ArrayList;
import java.util.List;

/** Reads an {@code AirbyteCatalog} for its streams alone. */
public final class CatalogReader {
  private CatalogReader() {}

  /** Returns the {@code AirbyteStream} objects; what is wrong is remembered in the body. */
  public static List<ObjectNode> streams(Body catalog) {
    List<ObjectNode> streams = new ArrayList<>();
    for (Body one : catalog.objects("streams")) {
      Body stream = one.object("stream");
      stream.textOrNull("namespace");
      stream.objectOrNull("jsonSchema");
      if (!stream.text("name").isBlank()) {
        streams.add(stream.json());
      }
    }
    return streams;
  }
}
