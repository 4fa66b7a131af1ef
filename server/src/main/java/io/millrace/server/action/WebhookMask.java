package io.millrace.server.action;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Shows no more of a webhook's URL than where it leads, and takes back what it showed. */
final class WebhookMask {
  private static final String MASK = "**********";

  private WebhookMask() {}

  static Actions mask(Actions actions) {
    return new Actions(mask(actions.afterSuccess()), mask(actions.afterFailure()));
  }

  private static List<Action> mask(List<Action> actions) {
    return actions.stream()
        .map(one -> one instanceof Action.Post post ? new Action.Post(masked(post.url())) : one)
        .toList();
  }

  /** Returns the actions with each mask replaced by the stored URL that it stands for, in order. */
  static List<Action> unmask(List<Action> given, List<Action> stored) {
    List<String> urls = new ArrayList<>();
    for (Action action : stored) {
      if (action instanceof Action.Post post) {
        urls.add(post.url());
      }
    }
    return given.stream().map(one -> unmasked(one, urls)).toList();
  }

  static boolean isMask(String url) {
    return url.endsWith(MASK);
  }

  private static Action unmasked(Action given, List<String> urls) {
    if (given instanceof Action.Post post && isMask(post.url())) {
      for (String url : urls) {
        if (masked(url).equals(post.url())) {
          urls.remove(url);
          return new Action.Post(url);
        }
      }
    }
    return given;
  }

  private static String masked(String url) {
    URI uri = URI.create(url);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + "/" + MASK;
  }
}
