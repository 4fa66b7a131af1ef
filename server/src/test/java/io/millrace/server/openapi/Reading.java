package io.millrace.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests of the document that name what is there.
 *
 * @param known values by the names of fields and parameters
 */
record Reading(Operations operations, SampleJson samples, ObjectNode known) {
  /** A request; the body is null where the call takes none. */
  record Request(String path, @Nullable JsonNode body) {}

  Reading(ObjectNode known) {
    this(new Operations(), known);
  }

  private Reading(Operations operations, ObjectNode known) {
    this(operations, new SampleJson(operations, new Random(1), List.of()), known);
  }

  Request of(String method, String path) {
    Operations.Operation operation =
        operations.find(method, path.replaceAll("\\{\\w+}", "00000000"));
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    String whole =
        path.replace(
            "{id}", known.path(path.contains("/sources") ? "sourceId" : "destinationId").asText());
    for (JsonNode parameter : operation.node().path("parameters")) {
      String name = parameter.path("name").asText();
      String value = known.path(name).asText();
      if (parameter.path("in").asText().equals("path")) {
        whole = whole.replace("{" + name + "}", value);
      } else if (known.has(name)) {
        query.add(name + "=" + value);
      }
    }
    JsonNode schema = operations.resolved(operation.requestSchema());
    return new Request(whole + query, schema.isMissingNode() ? null : body(schema, path));
  }

  private ObjectNode body(JsonNode schema, String path) {
    ObjectNode body = Documents.empty();
    for (String name : SampleJson.required(schema)) {
      String one = name.endsWith("Ids") ? name.substring(0, name.length() - 1) : name;
      if (name.equals("id") && path.contains("job")) {
        body.set(name, known.get("jobId"));
      } else if (!one.equals(name) && known.has(one)) {
        body.putArray(name).add(known.get(one));
      } else if (known.has(name)) {
        body.set(name, known.get(name));
      } else {
        body.set(name, samples.of(schema.path("properties").path(name), false));
      }
    }
    return body;
  }
}
