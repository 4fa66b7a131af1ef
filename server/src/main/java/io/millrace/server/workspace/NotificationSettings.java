package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Fault;
import io.millrace.server.json.Documents;
import io.millrace.server.store.TextSeal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The document {@code notificationSettings} of a workspace, from and to the forms of the two APIs.
 * Each event's item holds {@code notificationType} ({@code slack} for a webhook, {@code customerio}
 * for e-mail), {@code slackConfiguration.webhook}, and for failures {@code failureThreshold}.
 */
public final class NotificationSettings {
  /** The type of a webhook, Slack's or another. */
  static final String WEBHOOK = "slack";

  /** The type of an e-mail. */
  static final String MAIL = "customerio";

  private static final String TYPES = "notificationType";
  private static final String SLACK = "slackConfiguration";
  private static final String WEBHOOK_URL = "webhook";
  private static final String THRESHOLD = "failureThreshold";
  private static final int THRESHOLD_MAX = 1000;

  private NotificationSettings() {}

  /** Returns the keys that the item of an event may have, and those of what is an object in it. */
  public static Map<String, List<String>> keys(NotificationEvent event) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put(TYPES, List.of());
    keys.put(SLACK, List.of(WEBHOOK_URL));
    if (event == NotificationEvent.SYNC_FAILURE) {
      keys.put(THRESHOLD, List.of());
    }
    return keys;
  }

  /** Returns what a new workspace has. */
  static ObjectNode defaults() {
    ObjectNode settings = Documents.empty();
    for (NotificationEvent event : NotificationEvent.values()) {
      ArrayNode types = settings.putObject(event.settingsKey()).putArray(TYPES);
      if (event.byMail()) {
        types.add(MAIL);
      }
    }
    return settings;
  }

  /** Returns the stored settings with those of a Config API request in their place. */
  static ObjectNode merged(ObjectNode stored, Body given, TextSeal seal) {
    ObjectNode merged = stored.deepCopy();
    for (NotificationEvent event : NotificationEvent.values()) {
      Body item = given.objectOrNull(event.settingsKey());
      if (item != null) {
        merged.set(event.settingsKey(), item(event, item, seal));
      }
    }
    return merged;
  }

  /** Returns the stored settings with those of Airbyte's earlier {@code notifications}. */
  static ObjectNode mergedEarlier(ObjectNode stored, List<Body> given, TextSeal seal) {
    ObjectNode merged = stored.deepCopy();
    for (Body one : given) {
      String type = one.text(TYPES).toLowerCase(Locale.ROOT);
      if (!List.of(WEBHOOK, MAIL).contains(type)) {
        one.wrong(TYPES, WEBHOOK + " or " + MAIL);
      }
      Body slack = one.objectOrNull(SLACK);
      String url = slack == null ? null : slack.textOrNull(WEBHOOK_URL);
      for (NotificationEvent event :
          List.of(NotificationEvent.SYNC_SUCCESS, NotificationEvent.SYNC_FAILURE)) {
        ObjectNode item = merged.withObjectProperty(event.settingsKey());
        boolean usual = event == NotificationEvent.SYNC_FAILURE;
        toggle(item, type, one.flag(event.settingsKey(), usual));
        if (slack != null && url != null && !url.isBlank()) {
          WebhookUrls.put(item, checked(slack, WEBHOOK_URL, url), seal);
        }
        refuseMissingUrl(event.settingsKey(), item);
      }
    }
    return merged;
  }

  private static ObjectNode item(NotificationEvent event, Body given, TextSeal seal) {
    ObjectNode item = Documents.empty();
    ArrayNode types = item.putArray(TYPES);
    for (String type : given.texts(TYPES)) {
      String known = type.toLowerCase(Locale.ROOT);
      if (!List.of(WEBHOOK, MAIL).contains(known)) {
        given.wrong(TYPES, "a list of " + WEBHOOK + " and " + MAIL);
      }
      types.add(known);
    }
    Body slack = given.objectOrNull(SLACK);
    if (slack != null) {
      String url = slack.textOrNull(WEBHOOK_URL);
      if (url != null && !url.isBlank()) {
        WebhookUrls.put(item, checked(slack, WEBHOOK_URL, url), seal);
      }
    }
    int threshold = given.number(THRESHOLD, 1, 1, THRESHOLD_MAX);
    if (event == NotificationEvent.SYNC_FAILURE && given.has(THRESHOLD)) {
      item.put(THRESHOLD, threshold);
    }
    refuseMissingUrl(event.settingsKey(), item);
    return item;
  }

  /** Returns the stored settings with those of a public API request in their place. */
  static ObjectNode mergedPublic(ObjectNode stored, Body given, TextSeal seal) {
    ObjectNode merged = stored.deepCopy();
    for (NotificationEvent event : NotificationEvent.values()) {
      Body change = event.publicKey().map(given::objectOrNull).orElse(null);
      if (change != null) {
        ObjectNode item = merged.withObjectProperty(event.settingsKey());
        apply(item, change, seal);
        refuseMissingUrl(event.publicKey().orElse(""), item);
      }
    }
    return merged;
  }

  private static void apply(ObjectNode item, Body change, TextSeal seal) {
    Body mail = change.objectOrNull("email");
    if (mail != null) {
      toggle(item, MAIL, mail.flagOrNull("enabled"));
    }
    Body webhook = change.objectOrNull("webhook");
    if (webhook != null) {
      toggle(item, WEBHOOK, webhook.flagOrNull("enabled"));
      String url = webhook.textOrNull("url");
      if (url != null && !url.isBlank()) {
        WebhookUrls.put(item, checked(webhook, "url", url), seal);
      }
    }
  }

  /** Returns the public API's form. */
  static ObjectNode toPublic(ObjectNode settings, TextSeal seal) {
    ObjectNode json = Documents.empty();
    for (NotificationEvent event : NotificationEvent.values()) {
      event
          .publicKey()
          .ifPresent(
              key -> {
                JsonNode item = settings.path(event.settingsKey());
                ObjectNode one = json.putObject(key);
                one.putObject("email").put("enabled", has(item, MAIL));
                ObjectNode webhook = one.putObject("webhook").put("enabled", has(item, WEBHOOK));
                String url = WebhookUrls.of(item, seal);
                if (url != null) {
                  webhook.put("url", url);
                }
              });
    }
    return json;
  }

  private static void toggle(ObjectNode item, String type, @Nullable Boolean enabled) {
    if (enabled == null || enabled == has(item, type)) {
      return;
    }
    ArrayNode types = Documents.MAPPER.createArrayNode();
    item.path(TYPES)
        .forEach(
            one -> {
              if (!one.asText().equals(type)) {
                types.add(one);
              }
            });
    if (enabled) {
      types.add(type);
    }
    item.set(TYPES, types);
  }

  private static boolean has(JsonNode item, String type) {
    for (JsonNode one : item.path(TYPES)) {
      if (one.asText().equals(type)) {
        return true;
      }
    }
    return false;
  }

  private static String checked(Body body, String name, String url) {
    try {
      String scheme = String.valueOf(URI.create(url).getScheme()).toLowerCase(Locale.ROOT);
      if (URI.create(url).getHost() != null && List.of("http", "https").contains(scheme)) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below, as of every other text that is no URL.
    }
    // Where it is nearly one, whoever reads it could post there.
    body.wrongSecret(name, "a URL of a webhook, http:// or https://");
    return url;
  }

  private static void refuseMissingUrl(String key, ObjectNode item) {
    if (has(item, WEBHOOK) && !WebhookUrls.has(item)) {
      throw ApiException.typed(
          Fault.BAD_REQUEST,
          "error:notification/config/missing-url",
          "The notification " + key + " goes to a webhook, but its URL is missing.",
          Map.of("notification", key));
    }
  }
}
