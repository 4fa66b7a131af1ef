package io.millrace.server.actor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.http.Mistake;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Finds secrets among the parameters of a URL, where they would be stored and shown as they are.
 */
final class UrlSecrets {
  private static final String FIELD = "url_params";

  private UrlSecrets() {}

  /**
   * Adds what it finds to the mistakes; what is stored already is none.
   *
   * @param path of the configuration in the request
   */
  static void find(
      ObjectNode given, JsonNode stored, SecretFields fields, String path, List<Mistake> mistakes) {
    for (Map.Entry<String, JsonNode> one : given.properties()) {
      String place = path + "." + one.getKey();
      JsonNode before = stored.path(one.getKey());
      if (one.getValue() instanceof ObjectNode inner) {
        find(inner, before, fields, place, mistakes);
      } else if (one.getKey().endsWith(FIELD) && !one.getValue().equals(before)) {
        look(one.getValue().asText(), fields, place, mistakes);
      }
    }
  }

  private static void look(
      String params, SecretFields fields, String place, List<Mistake> mistakes) {
    for (String pair : params.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? "" : decode(pair.substring(0, equals)).strip();
      if (fields.has(key)) {
        mistakes.add(
            new Mistake(
                place,
                null,
                "no `"
                    + key
                    + "` among the parameters, which are stored and shown as they are: use the"
                    + " field "
                    + (fields.knows(key) ? "`" + key + "`" : "for it")
                    + " instead"));
        return;
      }
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
