package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.WriteMode;
import io.millrace.spi.WriteReceipt;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.NativeType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our judgement of JSON texts is the server's own, for jsonb and for json. */
@ExtendWith(AllocatorExtension.class)
final class JsonRulesTest {
  private static final List<String> TEXTS =
      List.of(
          "{}",
          "[]",
          "[1,2]",
          "{\"a\":1,\"b\":[true,false,null]}",
          " \t\n\r1 ",
          "\"\"",
          "-0",
          "0.5",
          "1e5",
          "1E+5",
          "1.5e-7",
          "\"\\u00e9\\n\\\\\\/\"",
          "\"\\ud83d\\ude80\"",
          "\"🚀\"",
          "[[[[[[]]]]]]",
          "{\"a\":{\"a\":{}}}",
          "\"a long text of more than sixteen bytes\"",
          "",
          " ",
          "01",
          "+1",
          ".5",
          "1.",
          "1e",
          "-",
          "tru",
          "truex",
          "nul",
          "NaN",
          "[1,]",
          "[,1]",
          "{\"a\"}",
          "{\"a\":}",
          "{a:1}",
          "{\"a\":1,}",
          "[1 2]",
          "]",
          "}",
          "[}",
          "{]",
          "\"",
          "\"a\nb\"",
          "\"\\x\"",
          "\"\\u12\"",
          "\"\\u12g4\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\ude00\"",
          "\"\\ud800x\"",
          "\"\\ud800\\n\"",
          "\"\\ud800\\ud800\"",
          "1 2",
          "{} {}",
          "\u00a01",
          "\"text of sixteen b\"x",
          "[\"\\\"\"]",
          "{\"\":\"\"}",
          "\"\\",
          "\"\\u",
          "[\"\u0001\"]");

  private Rig rig;

  JsonRulesTest() {}

  @BeforeEach
  void open(BufferAllocator allocator) {
    rig = new Rig(allocator, Map.of());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theServerAgreesOnKnownTexts() throws Exception {
    check("jsonb", TEXTS);
    check("json", TEXTS);
  }

  @Test
  void theServerAgreesOnSpoiltTexts() throws Exception {
    Random random = new Random(11);
    List<String> spoilt = new ArrayList<>();
    String whole =
        "{\"key\": [1.5e3, \"t\\\"e\\u0041\\ud83d\\ude80xt\", {\"n\": null}], \"b\": true}";
    for (int i = 0; i < 400; i++) {
      int at = random.nextInt(whole.length());
      String insert = random.nextBoolean() ? "" : whole.substring(at, at + 1).repeat(2);
      spoilt.add(whole.substring(0, at) + insert + whole.substring(at + 1));
    }
    check("jsonb", spoilt);
    check("json", spoilt);
  }

  private void check(String type, List<String> texts) throws Exception {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("id", new LogicalType.Int(64)),
                Fields.of("j", new LogicalType.Json(), true, new NativeType("postgresql", type))));
    List<Row> rows = new ArrayList<>();
    for (String text : texts) {
      rows.add(Row.of((long) rows.size(), text));
    }
    LoadPlan plan =
        rig.plan("t_" + type, schema, WriteMode.OVERWRITE_DEDUP, 1, List.of("id"), null);
    List<String> accepted = new ArrayList<>();
    try (StreamLoader loader = rig.destination.open(plan)) {
      WriteReceipt receipt = rig.write(loader, plan, "p", 0, rows);
      List<String> refused = receipt.rejected().stream().map(row -> row.position()).toList();
      for (int i = 0; i < texts.size(); i++) {
        if (!refused.contains("id=" + i)) {
          accepted.add(texts.get(i));
        }
      }
      loader.discard();
    }
    assertThat(accepted).isEqualTo(serverAccepts(type, texts));
  }

  private List<String> serverAccepts(String type, List<String> texts) throws SQLException {
    List<String> accepted = new ArrayList<>();
    try (Connection jdbc = rig.server.connect(rig.database);
        PreparedStatement cast = jdbc.prepareStatement("SELECT ?::" + type)) {
      for (String text : texts) {
        cast.setString(1, text);
        try {
          cast.executeQuery().close();
          accepted.add(text);
        } catch (SQLException refused) {
          // Not accepted.
        }
      }
    }
    return accepted;
  }
}
