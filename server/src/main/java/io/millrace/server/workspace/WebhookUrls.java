package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.TextSeal;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of webhooks in notification settings. Whoever has one can post there, so it is a secret:
 * the store holds it encrypted, as <code>{"_secret": "v1:..."}</code>, the audit trail its mask,
 * and the API gives it back as clients gave it.
 */
public final class WebhookUrls {
  private static final String SETTINGS = "notificationSettings";
  private static final String SLACK = "slackConfiguration";
  private static final String WEBHOOK = "webhook";

  private WebhookUrls() {}

  /** Returns the URL of a stored item of the settings, or null where it has none. */
  public static @Nullable String of(JsonNode item, TextSeal seal) {
    JsonNode url = item.path(SLACK).path(WEBHOOK);
    JsonNode sealed = url.path(WebhookConfig.SEALED);
    String text = sealed.isTextual() ? seal.open(sealed.textValue()) : url.asText();
    return text.isBlank() ? null : text;
  }

  /** Puts a URL into an item of the settings. */
  static void put(ObjectNode item, String url, TextSeal seal) {
    item.withObjectProperty(SLACK).set(WEBHOOK, sealed(url, seal));
  }

  /** Tells whether an item of the settings has a URL. */
  static boolean has(JsonNode item) {
    JsonNode url = item.path(SLACK).path(WEBHOOK);
    return url.isObject() || !url.asText().isBlank();
  }

  /** Returns the details of a workspace with its URLs in plain text. */
  static ObjectNode opened(ObjectNode details, TextSeal seal) {
    return each(details, item -> TextNode.valueOf(of(item, seal)));
  }

  /** Returns a workspace, or its details, with masks in the place of its URLs. */
  public static ObjectNode masked(ObjectNode details) {
    return each(details, item -> TextNode.valueOf(WebhookConfig.MASK));
  }

  /**
   * Encrypts what an earlier version of this program kept as it was.
   *
   * @return whether there was something
   */
  public static boolean sealStored(Handle tx, TextSeal seal) {
    WorkspaceStore store = new WorkspaceStore();
    boolean any = false;
    for (Workspace one : store.all(tx)) {
      ObjectNode details =
          each(
              one.details(),
              item -> {
                JsonNode url = item.path(SLACK).path(WEBHOOK);
                return url.isTextual() ? sealed(url.textValue(), seal) : url;
              });
      if (!details.equals(one.details())) {
        any = true;
        store.update(tx, one.withDetails(details));
      }
    }
    return any;
  }

  private static JsonNode sealed(String url, TextSeal seal) {
    return Documents.empty().put(WebhookConfig.SEALED, seal.seal(url));
  }

  /** Returns a copy with something else in the place of each URL. */
  private static ObjectNode each(ObjectNode details, UnaryOperator<JsonNode> url) {
    ObjectNode copy = details.deepCopy();
    for (JsonNode item : copy.path(SETTINGS)) {
      if (has(item) && item.get(SLACK) instanceof ObjectNode slack) {
        slack.set(WEBHOOK, url.apply(item));
      }
    }
    return copy;
  }
}
