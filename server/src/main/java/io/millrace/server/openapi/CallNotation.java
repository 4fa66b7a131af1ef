package io.millrace.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the short notation of calls, which {@code common.yaml} explains, into OpenAPI's paths.
 *
 * @param tag what the calls are sorted under
 * @param file where they stand, for errors
 */
record CallNotation(String tag, String file) {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final List<String> PUBLIC = List.of("/api/public/v1", "/v1");
  private static final String CONFIG = "/api/v1";
  private static final String JSON = "application/json";

  void write(String key, JsonNode call, ObjectNode paths) {
    String[] words = key.split(" ");
    switch (words[0]) {
      case "config" -> one("post", CONFIG + words[1], false, call, paths);
      case "public" -> {
        String method = words[1].toLowerCase(Locale.ROOT);
        PUBLIC.forEach(base -> one(method, base + words[2], true, call, paths));
      }
      default -> one(words[0].toLowerCase(Locale.ROOT), words[1], false, call, paths);
    }
  }

  private void one(String method, String path, boolean open, JsonNode call, ObjectNode paths) {
    ObjectNode operation = Documents.empty();
    operation.putArray("tags").add(tag);
    operation.put("operationId", id(method, path));
    operation.put("summary", call.path("says").asText());
    ArrayNode parameters = parameters(path, call.path("query"));
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    if (call.has("takes")) {
      operation.set("requestBody", request(call));
    }
    operation.set("responses", responses(open, call));
    ObjectNode methods = paths.withObjectProperty(path);
    if (methods.has(method)) {
      throw new IllegalStateException(file + ": " + method + " " + path + " is there already.");
    }
    methods.set(method, operation);
  }

  private static ArrayNode parameters(String path, JsonNode query) {
    ArrayNode parameters = Documents.MAPPER.createArrayNode();
    Matcher named = PARAMETER.matcher(path);
    while (named.find()) {
      String name = named.group(1);
      String type = name.equals("jobId") || name.equals("attempt") ? "long" : "uuid";
      parameter(parameters, name, "path", true).set("schema", schema(type));
    }
    for (Map.Entry<String, JsonNode> one : query.properties()) {
      boolean required = one.getKey().endsWith("*");
      String name = one.getKey().replace("*", "");
      parameter(parameters, name, "query", required)
          .set("schema", SchemaNotation.ALONE.read(one.getValue()));
    }
    return parameters;
  }

  private static ObjectNode parameter(ArrayNode all, String name, String in, boolean required) {
    return all.addObject().put("name", name).put("in", in).put("required", required);
  }

  private static ObjectNode request(JsonNode call) {
    ObjectNode body = Documents.empty().put("required", !call.path("optional").asBoolean());
    ObjectNode content = body.putObject("content");
    content.putObject(JSON).set("schema", SchemaNotation.ALONE.read(call.get("takes")));
    if (call.path("form").asBoolean()) {
      content.set("application/x-www-form-urlencoded", content.get(JSON).deepCopy());
    }
    return body;
  }

  private static ObjectNode responses(boolean open, JsonNode call) {
    ObjectNode responses = Documents.empty();
    JsonNode gives = call.path("gives");
    switch (gives.asText()) {
      case "nothing" -> responses.putObject("204").put("description", "Done.");
      case "refusal" -> {}
      default -> {
        ObjectNode good = responses.putObject("200").put("description", "The answer.");
        if (gives.isObject() && gives.has("text")) {
          String type = gives.get("text").asText();
          good.putObject("content").putObject(type).set("schema", schema("string"));
        } else {
          good.putObject("content").putObject(JSON).set("schema", SchemaNotation.ALONE.read(gives));
        }
      }
    }
    for (Map.Entry<String, JsonNode> also : call.path("also").properties()) {
      failure(responses, also.getKey(), also.getValue().asText(), open);
    }
    failure(responses, "default", "What is wrong.", open);
    return responses;
  }

  private static void failure(ObjectNode responses, String status, String words, boolean open) {
    responses
        .putObject(status)
        .put("description", words)
        .putObject("content")
        .putObject(JSON)
        .set("schema", schema(open ? "Problem" : "Failure"));
  }

  private static ObjectNode schema(String notation) {
    return SchemaNotation.ALONE.read(Documents.MAPPER.getNodeFactory().textNode(notation));
  }

  /** Unique, and telling: {@code postApiV1SourcesGet}. */
  private static String id(String method, String path) {
    StringBuilder id = new StringBuilder(method);
    for (String word : path.split("[^A-Za-z0-9]+")) {
      if (!word.isEmpty()) {
        id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return id.toString();
  }
}
