package io.millrace.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The calls of the document, and whether a body is what one of its schemas says. */
final class Operations {
  /**
   * A call.
   *
   * @param path as in the document, with parameters in braces
   */
  record Operation(String method, String path, JsonNode node) {
    JsonNode requestSchema() {
      return node.path("requestBody").path("content").path("application/json").path("schema");
    }

    /** Returns what the document says about an answer's status; missing when it says nothing. */
    JsonNode response(int status) {
      JsonNode exact = node.path("responses").path(String.valueOf(status));
      return exact.isMissingNode() && status >= 400
          ? node.path("responses").path("default")
          : exact;
    }

    private boolean matches(String askedMethod, String askedPath) {
      String regex = "\\Q" + path.replaceAll("\\{\\w+}", "\\\\E[^/]+\\\\Q") + "\\E/?";
      return method.equals(askedMethod) && Pattern.matches(regex, askedPath);
    }

    private long parameters() {
      return path.chars().filter(c -> c == '{').count();
    }
  }

  private final ObjectNode document = OpenApiDocument.read().json();
  private final List<Operation> all = new ArrayList<>();
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  Operations() {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        all.add(new Operation(method, path.getKey(), operation.getValue()));
      }
    }
  }

  List<Operation> all() {
    return List.copyOf(all);
  }

  /** Returns the methods that a path of the document has. */
  List<String> methods(String path) {
    return all.stream().filter(one -> one.path.equals(path)).map(Operation::method).toList();
  }

  Operation find(String method, String path) {
    return all.stream()
        .filter(one -> one.matches(method, path))
        .min(Comparator.comparingLong(Operation::parameters))
        .orElseThrow(() -> new AssertionError("not in the document: " + method + " " + path));
  }

  /** Follows a reference to the schema that it names. */
  JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty()
        ? schema
        : document.path("components").path("schemas").path(reference.replaceAll(".*/", ""));
  }

  /** Returns what is wrong with a value; nothing when it is what the schema says. */
  List<String> mistakes(JsonNode schema, JsonNode value) {
    return schemas
        .computeIfAbsent(schema, this::compiled)
        .validate(value, Operations::strict)
        .stream()
        .map(Error::toString)
        .toList();
  }

  /** Returns the fields of a value that its schema does not name, with their places. */
  List<String> unnamed(JsonNode reference, JsonNode value) {
    JsonNode schema = resolved(reference);
    List<String> found = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(one -> found.addAll(unnamed(schema.path("items"), one)));
    }
    JsonNode fields = schema.path("properties");
    if (value.isObject() && !fields.isMissingNode()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        if (!fields.has(field.getKey())) {
          found.add(field.getKey());
        }
        unnamed(fields.path(field.getKey()), field.getValue())
            .forEach(one -> found.add(field.getKey() + "." + one));
      }
    }
    return found;
  }

  private Schema compiled(JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.get("components"));
    return registry.getSchema(whole);
  }

  private static void strict(com.networknt.schema.ExecutionContext context) {
    context.executionConfig(config -> config.formatAssertionsEnabled(true));
  }
}
