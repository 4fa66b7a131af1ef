package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

final class OpenApiDocumentTest {
  private final OpenApiDocument document = OpenApiDocument.read();

  @Test
  void isTheSameAsYaml() {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    JsonNode read = Documents.MAPPER.valueToTree(yaml.load(document.yaml()));
    assertThat(Documents.same(read, document.json())).isTrue();
  }

  @Test
  void refersOnlyToSchemasThatItHas() {
    JsonNode schemas = document.json().path("components").path("schemas");
    Set<String> used = new HashSet<>();
    for (String reference : document.json().findValuesAsText("$ref")) {
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      used.add(name);
      assertThat(schemas.has(name)).as(reference).isTrue();
    }
    List<String> unused = new ArrayList<>();
    schemas.fieldNames().forEachRemaining(name -> unused.add(name));
    unused.removeAll(used);
    // Only fields are taken from these.
    unused.removeIf(
        name ->
            name.endsWith("Fields")
                || name.equals("DefinitionRead")
                || name.equals("SpecificationRead")
                || name.equals("WorkspaceSettings"));
    assertThat(unused).isEmpty();
  }

  @Test
  void givesEveryCallANameOfItsOwnAndASummary() {
    Set<String> names = new HashSet<>();
    for (JsonNode path : document.json().path("paths")) {
      for (JsonNode operation : path) {
        assertThat(operation.path("summary").asText()).isNotBlank();
        assertThat(names.add(operation.path("operationId").asText()))
            .as(operation.path("operationId").asText())
            .isTrue();
      }
    }
    assertThat(names).hasSizeGreaterThan(200);
  }

  @Test
  void readsTheShortNotation() throws Exception {
    ObjectNode notation =
        (ObjectNode)
            Documents.MAPPER.readTree(
                """
                {"Base": {"id*": "uuid"},
                 "Thing": {"+": "Base", "size": "integer 1..9 -- how big", "kind*": "a|b",
                           "names": [["string"]], "other": "Base?", "counts": "map long"}}
                """);
    JsonNode thing = new SchemaNotation(notation).read(notation.get("Thing"));
    JsonNode expected =
        Documents.MAPPER.readTree(
            """
                {"type": "object", "required": ["id", "kind"], "properties": {
                  "id": {"type": "string", "format": "uuid"},
                  "size": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 9,
                           "description": "how big"},
                  "kind": {"type": "string", "enum": ["a", "b"]},
                  "names": {"type": "array",
                            "items": {"type": "array", "items": {"type": "string"}}},
                  "other": {"anyOf": [{"$ref": "#/components/schemas/Base"}, {"type": "null"}]},
                  "counts": {"type": "object",
                             "additionalProperties": {"type": "integer", "format": "int64"}}}}
                """);
    assertThat(Documents.same(thing, expected)).as(thing.toString()).isTrue();
    assertThatThrownBy(() -> SchemaNotation.ALONE.read(Documents.MAPPER.valueToTree("strin")))
        .hasMessageContaining("strin");
  }
}
