package io.millrace.server.workspacefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a configuration holds, its file says it, and says it the same when it is read. */
final class WorkspaceYamlTest {
  private static final long SEED = 20_261_129;

  @TempDir private Path folder;

  @Test
  void everyTextIsReadAsItWasWritten() throws Exception {
    RandomTexts texts = new RandomTexts(new Random(SEED));
    for (int round = 0; round < 300; round++) {
      ObjectNode file = Documents.empty();
      ArrayNode list = file.putArray("list");
      for (int i = 0; i < 20; i++) {
        String text = texts.next();
        list.add(text);
        file.put(texts.next(), text);
        file.putObject(texts.next()).putArray(text).add(text).addObject().put(text, text);
      }
      same(file);
    }
  }

  @Test
  void everyTextOfTheListIsReadAsItWasWritten() throws Exception {
    for (String text : RandomTexts.AWKWARD) {
      ObjectNode file = Documents.empty().put("before", 1).put(text, text).put("after", text);
      file.putArray("list").add(text).add(text).addObject().put(text, text);
      same(file);
    }
  }

  @Test
  void everyNumberIsReadAsItWasWritten() throws Exception {
    ObjectNode file = Documents.empty();
    for (String number :
        List.of(
            "1E+3", "1E-9", "1E+390", "0.1", "1.10", "-0.5", "12345678901234567890.12345678901")) {
      file.put("n" + number, new BigDecimal(number));
    }
    file.put("big", new BigInteger("123456789012345678901234567890"));
    file.put("long", Long.MIN_VALUE).put("yes", true).put("no", false).putNull("nothing");
    String written = WorkspaceYaml.write(file);
    assertThat(WorkspaceYaml.read(file(written)).toString()).as(written).isEqualTo(file.toString());
  }

  @Test
  void whatADocumentMayNestIsRead() throws Exception {
    ObjectNode file = Documents.empty();
    ObjectNode inner = file;
    for (int i = 0; i < Documents.DEPTH_MAX; i++) {
      inner = inner.putObject("deeper");
    }
    same(file.deepCopy());
  }

  @Test
  void aDateIsTheTextThatStandsThere() throws Exception {
    ObjectNode read =
        WorkspaceYaml.read(file("workspace: {start: 2026-01-01, at: 2026-01-01T00:00:00Z}"));
    assertThat(read.path("workspace").toString())
        .isEqualTo("{\"start\":\"2026-01-01\",\"at\":\"2026-01-01T00:00:00Z\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!!binary eD0B",
        "!!binary |-\n    eD0B",
        "!!str 5",
        "! 5",
        "!secret x",
        "!!timestamp 2026-01-01",
        "!!set {a, b}",
        "!!omap [a: 1]",
        "!!javax.script.ScriptEngineManager []"
      })
  void aTagIsRefused(String value) throws Exception {
    Path file = file("sources:\n- name: shop\n  config:\n   x: " + value + "\n");
    assertThatThrownBy(() -> WorkspaceYaml.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "line 4: the tag "
                + value.split("[ \n]", 2)[0]
                + " is not known here; leave tags out and put a text in quotes");
  }

  @Test
  void controlCharactersGoThroughExportAndApply() throws Exception {
    ObjectNode config = Documents.empty();
    config.put("host", "db").put("port", 5432).put("database", "shop\u0001").put("username", "me");
    config.put("jdbc_url_params", "x=\u0001");
    RandomTexts texts = new RandomTexts(new Random(SEED));
    ObjectNode unknown = config.putObject("x");
    for (String text : RandomTexts.AWKWARD) {
      unknown.put(text, text);
    }
    for (int i = 0; i < 200; i++) {
      unknown.put(texts.next(), texts.next());
    }
    try (FileServer one = new FileServer(folder.resolve("one"));
        FileServer two = new FileServer(folder.resolve("two"))) {
      create(one, config);
      ObjectNode stored = stored(one);
      String exported = one.export();
      assertThat(one.plan(exported)).as("its own export").isEmpty();
      two.apply(exported);
      assertThat(two.export()).isEqualTo(exported);
      assertThat(stored(two)).isEqualTo(stored);
      assertThat(stored.path("jdbc_url_params").asText()).isEqualTo("x=\u0001");
    }
  }

  private static void create(FileServer server, ObjectNode config) throws Exception {
    ObjectNode source = Documents.empty().put("name", "shop\u0085 \u2028");
    source
        .put("workspaceId", server.api().workspace().path("workspaceId").asText())
        .set("configuration", config.put("sourceType", "postgres"));
    server.publicPost("/sources", source);
  }

  private static ObjectNode stored(FileServer server) throws Exception {
    return (ObjectNode)
        Objects.requireNonNull(server.api().actors(Side.SOURCE).get("shop\u0085 \u2028"))
            .path("connectionConfiguration");
  }

  private void same(ObjectNode file) throws IOException {
    String written = WorkspaceYaml.write(file);
    assertThat(WorkspaceYaml.read(file(written))).as(written).isEqualTo(file);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("workspace.yaml"), text);
  }
}
