package io.millrace.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Finds texts that hold half of a character that UTF-16 writes as two, which JSON can say and UTF-8
 * cannot: no store keeps them and no answer can give them back.
 */
final class WholeTexts {
  /** A request that is wrong all through is told so in an answer of a bounded size. */
  private static final int NAMED_MAX = 100;

  private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
  private final Mistakes mistakes;
  private int named;

  WholeTexts(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** Adds a mistake for each such text within a value; names of fields are whole, or no JSON. */
  void look(String path, JsonNode value) {
    if (value.isTextual() && named < NAMED_MAX && !utf8.canEncode(value.textValue())) {
      named++;
      mistakes.add(
          new Mistake(path, null, "a text of whole characters; a surrogate stands alone in it"));
    }
    value
        .properties()
        .forEach(
            field -> look((path.isEmpty() ? "" : path + ".") + field.getKey(), field.getValue()));
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      look(path + "[" + i + "]", value.get(i));
    }
  }
}
