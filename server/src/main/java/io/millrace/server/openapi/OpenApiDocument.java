package io.millrace.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/** The OpenAPI 3.1 document, put together from the program's files. */
public final class OpenApiDocument {
  private static final List<String> FILES =
      List.of(
          "common",
          "instance",
          "auth",
          "workspaces",
          "people",
          "definitions",
          "actors",
          "catalogs",
          "connections",
          "webbackend",
          "jobs",
          "logs");

  private static final int WIDTH = 120;

  private final ObjectNode json;

  private OpenApiDocument(ObjectNode json) {
    this.json = json;
  }

  /**
   * Puts the document together.
   *
   * @throws IllegalStateException when a file of the program is wrong, with its place
   */
  public static OpenApiDocument read() {
    ObjectNode json = Documents.empty();
    ObjectNode paths = Documents.empty();
    ObjectNode schemas = Documents.empty();
    json.setAll((ObjectNode) parse("document"));
    for (String name : FILES) {
      JsonNode file = parse(name);
      SchemaNotation notation = new SchemaNotation(file.path("schemas"));
      CallNotation calls = new CallNotation(file.path("tag").asText(), name);
      for (Map.Entry<String, JsonNode> call : file.path("calls").properties()) {
        calls.write(call.getKey(), call.getValue(), paths);
      }
      for (Map.Entry<String, JsonNode> schema : file.path("schemas").properties()) {
        if (schemas.has(schema.getKey())) {
          throw new IllegalStateException(name + ": the schema " + schema.getKey() + " is twice.");
        }
        schemas.set(schema.getKey(), notation.read(schema.getValue()));
      }
    }
    json.set("paths", paths);
    json.withObjectProperty("components").set("schemas", schemas);
    return new OpenApiDocument(json);
  }

  /** Returns the document. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** Returns the document as YAML. */
  public String yaml() {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(WIDTH);
    options.setSplitLines(false);
    return yaml(options).dump(Documents.MAPPER.convertValue(json, Map.class));
  }

  private static JsonNode parse(String name) {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its file openapi/" + name + ".yaml.");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Documents.MAPPER.valueToTree(yaml(new DumperOptions()).load(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Yaml yaml(DumperOptions dumper) {
    LoaderOptions loader = new LoaderOptions();
    loader.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(loader), new Representer(dumper), dumper, loader);
  }
}
