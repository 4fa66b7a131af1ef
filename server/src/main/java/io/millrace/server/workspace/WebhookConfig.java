package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Body;
import io.millrace.server.http.Names;
import io.millrace.server.json.Documents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a service is reached that operations call: the API's {@code webhookConfigs} of a workspace.
 *
 * @param id names it
 * @param name for people
 * @param host the service's own host where it is not the usual one, or null
 * @param token what the service knows the caller by; a secret
 */
public record WebhookConfig(UUID id, String name, @Nullable String host, String token) {
  private static final String MEMBER = "webhookConfigs";
  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String HOST = "customDbtHost";
  private static final String TOKEN = "authToken";

  /** The key of an encrypted value. */
  static final String SEALED = "_secret";

  /** What stands in the place of a secret. */
  static final String MASK = "**********";

  private static final int CONFIGS_MAX = 100;

  @Override
  public String toString() {
    return "webhook configuration " + name;
  }

  /**
   * Returns the one with this id.
   *
   * @param open returns a token that the store holds encrypted
   */
  public static Optional<WebhookConfig> find(
      Workspace workspace, UUID id, UnaryOperator<String> open) {
    for (JsonNode one : workspace.details().path(MEMBER)) {
      if (one.path(ID).asText().equals(id.toString())) {
        return Optional.of(
            new WebhookConfig(
                id,
                one.path(NAME).asText(),
                one.path(HOST).textValue(),
                open.apply(one.path(TOKEN).path(SEALED).asText())));
      }
    }
    return Optional.empty();
  }

  /** Returns those of a workspace without their tokens. */
  static ArrayNode shown(ObjectNode details) {
    ArrayNode shown = Documents.MAPPER.createArrayNode();
    for (JsonNode one : details.path(MEMBER)) {
      ObjectNode json = shown.addObject();
      json.set(ID, one.path(ID));
      json.set(NAME, one.path(NAME));
      if (one.hasNonNull(HOST)) {
        json.set(HOST, one.path(HOST));
      }
    }
    return shown;
  }

  /**
   * Puts those that a request names in place of those in the details; what is wrong is remembered
   * in the body. One that is known, by its id or its name, keeps its id, and its token where the
   * request says none.
   *
   * @param seal encrypts a token
   */
  static void read(Body body, ObjectNode details, UnaryOperator<String> seal) {
    if (!body.has(MEMBER)) {
      return;
    }
    List<Body> given = body.objects(MEMBER);
    if (given.size() > CONFIGS_MAX) {
      body.wrong(MEMBER, "at most " + CONFIGS_MAX + " configurations");
    }
    Map<String, JsonNode> known = new HashMap<>();
    for (JsonNode one : details.path(MEMBER)) {
      known.put(one.path(NAME).asText(), one);
      known.put(one.path(ID).asText(), one);
    }
    ArrayNode after = Documents.MAPPER.createArrayNode();
    for (Body one : given) {
      String name = Names.read(one, NAME);
      @Nullable UUID id = one.idOrNull(ID);
      @Nullable JsonNode before = known.get(id == null ? name : id.toString());
      after.add(read(one, name, id, before, seal));
    }
    details.set(MEMBER, after);
  }

  private static ObjectNode read(
      Body body,
      String name,
      @Nullable UUID id,
      @Nullable JsonNode before,
      UnaryOperator<String> seal) {
    String fresh = id == null ? UUID.randomUUID().toString() : id.toString();
    ObjectNode json =
        Documents.empty()
            .put(ID, before == null ? fresh : before.path(ID).asText())
            .put(NAME, name);
    @Nullable String host = body.textOrNull(HOST);
    if (host != null && !host.isBlank()) {
      json.put(HOST, host);
    }
    @Nullable String url = body.textOrNull("validationUrl");
    if (url != null) {
      json.put("validationUrl", url);
    }
    json.set(TOKEN, token(body, before, seal));
    return json;
  }

  private static JsonNode token(Body body, @Nullable JsonNode before, UnaryOperator<String> seal) {
    @Nullable String token = body.textOrNull(TOKEN);
    if (token != null && !token.equals(MASK)) {
      return Documents.empty().put(SEALED, seal.apply(token));
    }
    if (before == null) {
      body.wrongSecret(TOKEN, "the token that the service knows the caller by");
      return Documents.empty();
    }
    return before.path(TOKEN);
  }
}
