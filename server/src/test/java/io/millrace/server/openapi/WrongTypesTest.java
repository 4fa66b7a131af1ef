package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every scalar of the requests that make and change things, with a value of each other type in its
 * place: each is named by the answer, and nothing is done.
 */
final class WrongTypesTest {
  private static final int DEPTH_MAX = 6;

  /** The id of nothing, so that a request that is taken after all finds nothing to change. */
  private static final String NOBODY = "7b1e2c3d-0000-4000-8000-000000000001";

  private static final JsonNodeFactory NODES = Documents.MAPPER.getNodeFactory();

  /** What looks for the thing first, needs a login, or is refused whatever it says. */
  private static final Pattern NOT_CALLED =
      Pattern.compile(
          "GET .*|DELETE .*|PATCH .*/(connections|sources)/\\{.*|.*/applications/token|.*/login"
              + "|.*/change_password|.*/definitions/(sources|destinations)/\\{.*"
              + "|.*/mappers/(validate|compare)|.*/connections/actions/update");

  /**
   * What a client may send and nobody reads, or only where something else in the request says so.
   */
  private static final Pattern NOT_READ =
      Pattern.compile(
          "schedule(Data\\.\\w+)?\\.(timeUnit|units|cronExpression|cronTimeZone)"
              + "|connectionState\\.globalState.*|(connectionC|c)onfiguration"
              // Looked at together with the stream that they change.
              + "|.*\\.mappers\\[0]\\.\\w+");

  /** A scalar of a request. */
  private record Scalar(String path, String pointer, JsonNode schema, boolean required) {
    /** Returns values of other types, the same number for every scalar. */
    List<JsonNode> wrong() {
      boolean text = schema.path("type").asText().equals("string") || schema.has("enum");
      boolean any = text && !schema.has("enum") && !schema.has("format");
      boolean flag = schema.path("type").asText().equals("boolean");
      JsonNode number = text || flag ? NODES.numberNode(7) : NODES.numberNode(1.5);
      return List.of(
          any ? NODES.numberNode(-1) : NODES.textNode("zz"),
          flag ? NODES.textNode("") : NODES.booleanNode(true),
          number,
          text ? NODES.numberNode(0.25) : NODES.numberNode(BigInteger.TEN.pow(30)),
          NODES.arrayNode().add(1),
          NODES.objectNode().put("a", 1),
          required ? NODES.nullNode() : NODES.arrayNode());
    }
  }

  @TempDir private Path folder;
  private final Operations operations = new Operations();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> unnamed = new ArrayList<>();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void everyWrongScalarIsNamedAndNothingIsDone() {
    try (RunningServer server = new RunningServer(Dialect.SQLITE, folder)) {
      Map<String, List<String>> before = server.rows();
      for (Operations.Operation one : operations.all()) {
        String call = one.method() + " " + one.path();
        if (!NOT_CALLED.matcher(call).matches()) {
          look(server, one);
        }
      }
      assertThat(String.join("\n", unnamed)).isEmpty();
      assertThat(server.rows()).isEqualTo(before);
    }
  }

  private void look(RunningServer server, Operations.Operation operation) {
    List<Scalar> scalars = new ArrayList<>();
    JsonNode body = sample(operation.requestSchema(), "", "", false, 0, scalars);
    for (int i = 0; !scalars.isEmpty() && i < scalars.getFirst().wrong().size(); i++) {
      JsonNode wrong = body.deepCopy();
      for (Scalar one : scalars) {
        replace(wrong, one, one.wrong().get(i));
      }
      HttpResponse<String> answer = send(server, operation, wrong);
      for (Scalar one : scalars) {
        if (!names(answer, one)) {
          JsonNode alone = body.deepCopy();
          replace(alone, one, one.wrong().get(i));
          HttpResponse<String> again = send(server, operation, alone);
          if (!names(again, one)) {
            String value = one.wrong().get(i).toString();
            unnamed.add(
                operation.method()
                    + " "
                    + operation.path()
                    + " "
                    + one.path()
                    + " = "
                    + value
                    + ": "
                    + again.statusCode()
                    + " "
                    + again.body());
          }
        }
      }
    }
  }

  private static boolean names(HttpResponse<String> answer, Scalar scalar) {
    return (answer.statusCode() == 422 || answer.statusCode() == 400)
        && answer.body().contains(scalar.path().replaceAll("(\\[0])+$", ""));
  }

  private HttpResponse<String> send(
      RunningServer server, Operations.Operation operation, JsonNode body) {
    String path = operation.path().replaceAll("\\{\\w+}", NOBODY);
    HttpRequest request =
        HttpRequest.newBuilder(server.uri().resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(operation.method(), BodyPublishers.ofString(body.toString()))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(operation.path(), e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static void replace(JsonNode body, Scalar scalar, JsonNode value) {
    int at = scalar.pointer().lastIndexOf('/');
    JsonNode parent = body.at(scalar.pointer().substring(0, at));
    String key = scalar.pointer().substring(at + 1);
    if (parent instanceof ObjectNode object) {
      object.set(key, value);
    } else if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), value);
    }
  }

  /** Returns a value with everything that a schema names, and its scalars. */
  private JsonNode sample(
      JsonNode reference,
      String path,
      String pointer,
      boolean required,
      int depth,
      List<Scalar> scalars) {
    JsonNode schema = operations.resolved(reference);
    if (schema.has("anyOf")) {
      return sample(schema.get("anyOf").get(0), path, pointer, required, depth, scalars);
    }
    String type = schema.path("type").asText();
    if (type.equals("array")) {
      ArrayNode array = Documents.MAPPER.createArrayNode();
      return depth > DEPTH_MAX
          ? array
          : array.add(
              sample(
                  schema.path("items"), path + "[0]", pointer + "/0", false, depth + 1, scalars));
    }
    if (type.equals("object") || !schema.path("properties").isMissingNode()) {
      ObjectNode object = Documents.empty();
      List<String> needed = SampleJson.required(schema);
      for (Map.Entry<String, JsonNode> one : schema.path("properties").properties()) {
        String key = one.getKey();
        if (needed.contains(key) || depth < DEPTH_MAX) {
          object.set(
              key,
              sample(
                  one.getValue(),
                  path.isEmpty() ? key : path + "." + key,
                  pointer + "/" + key,
                  needed.contains(key),
                  depth + 1,
                  scalars));
        }
      }
      return object;
    }
    if (type.isEmpty() && !schema.has("enum")) {
      return Documents.empty();
    }
    if (!NOT_READ.matcher(path).matches()) {
      scalars.add(new Scalar(path, pointer, schema, required));
    }
    return scalar(schema, type);
  }

  private static JsonNode scalar(JsonNode schema, String type) {
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    return switch (type) {
      case "boolean" -> NODES.booleanNode(true);
      case "integer", "number" -> NODES.numberNode(schema.path("minimum").asLong(1));
      default -> NODES.textNode(schema.path("format").asText().equals("uuid") ? NOBODY : "x");
    };
  }
}
