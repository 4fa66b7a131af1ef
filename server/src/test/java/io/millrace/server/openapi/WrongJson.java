package io.millrace.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.server.json.Documents;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes values and bodies that no call may take. */
final class WrongJson {
  private static final JsonNodeFactory NODES = Documents.MAPPER.getNodeFactory();
  private static final int HUGE_CHARS = 500_000;

  private final Random random;

  WrongJson(Random random) {
    this.random = random;
  }

  /** Returns a value of another type. */
  JsonNode type(JsonNode right) {
    List<JsonNode> wrong =
        right.isContainerNode()
            ? List.of(NODES.textNode("x"), NODES.numberNode(1), NODES.booleanNode(true))
            : List.of(Documents.empty(), NODES.arrayNode().add(1), NODES.objectNode().put("a", 1));
    return pick(wrong);
  }

  /** Returns a value that is far too large, or of another type where a text may be long. */
  JsonNode huge(JsonNode right) {
    return right.isTextual()
        ? pick(List.of(NODES.arrayNode().add("x".repeat(HUGE_CHARS)), Documents.empty()))
        : pick(
            List.of(
                TextNode.valueOf("9".repeat(HUGE_CHARS)),
                NODES.numberNode(BigInteger.TEN.pow(380)),
                NODES.numberNode(BigInteger.TWO.pow(64))));
  }

  /** Returns a text with characters that stores and logs stumble over, where an id is wanted. */
  JsonNode odd(JsonNode right) {
    boolean id = right.isTextual() && right.asText().length() == 36;
    return id || !right.isTextual()
        ? TextNode.valueOf(pick(List.of("\0", "a\0b", "\ud800", "\u202e", "' OR 1=1 --", "")))
        : NODES.arrayNode();
  }

  /** Returns the text of a document, damaged. */
  byte[] broken(String json) {
    String cut = json.substring(0, json.length() - 1);
    return bytes(
        pick(
            List.of(
                cut,
                cut + ",}",
                json + "}",
                json + json,
                "'" + json + "'",
                "{a:1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1e99999999999}",
                "{\"a\":" + "9".repeat(5_000) + "}",
                "\0",
                "{\"a\":\"\u0001\"}",
                "<json/>")));
  }

  byte[] noObject() {
    return bytes(pick(List.of("[]", "null", "1", "\"x\"", "true", "[{}]", "  [1,2]  ")));
  }

  byte[] deep() {
    int depth = random.nextInt(70, 20_000);
    return bytes(
        random.nextBoolean()
            ? "{\"a\":".repeat(depth) + "1" + "}".repeat(depth)
            : "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
  }

  byte[] badUtf8(String json) {
    byte[] head = bytes(json.substring(0, json.length() - 1));
    byte[] bad = pick(List.of(new byte[] {(byte) 0xc3}, new byte[] {(byte) 0xff, (byte) 0xfe}));
    byte[] begin = bytes((json.length() > 2 ? "," : "") + "\"bad\":\"");
    byte[] end = bytes("\"}");
    byte[] whole = Arrays.copyOf(head, head.length + begin.length + bad.length + end.length);
    System.arraycopy(begin, 0, whole, head.length, begin.length);
    System.arraycopy(bad, 0, whole, head.length + begin.length, bad.length);
    System.arraycopy(end, 0, whole, head.length + begin.length + bad.length, end.length);
    return whole;
  }

  byte[] twice(String json) {
    String inner = json.substring(1, json.length() - 1);
    return bytes("{\"twice\":1,\"twice\":2" + (inner.isBlank() ? "" : "," + inner) + "}");
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
