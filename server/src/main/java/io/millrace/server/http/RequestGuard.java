package io.millrace.server.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a foreign page could make a browser send: by a host name that is not ours
 * (DNS rebinding), from another origin, or with a body that needs no permission to be sent.
 */
final class RequestGuard {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private final @Nullable URI publicUrl;
  private final boolean anyHost;

  /**
   * Makes a guard.
   *
   * @param anyHost the server is bound to more than this machine, where a login is needed and names
   *     are not known beforehand
   */
  RequestGuard(@Nullable URI publicUrl, boolean anyHost) {
    this.publicUrl = publicUrl;
    this.anyHost = anyHost;
  }

  void check(Method method, @Nullable String host, @Nullable String origin) {
    if (!anyHost && !known(hostOf(host))) {
      throw new ApiException(
          Fault.FORBIDDEN,
          "Requests to this host name are refused; use localhost, or start with --public-url.");
    }
    boolean writes = method != Method.GET;
    if (writes && origin != null && !sameOrigin(origin, host)) {
      throw new ApiException(
          Fault.FORBIDDEN, "A page of another origin may not change anything here.");
    }
  }

  /** A body of another type is one that a foreign page may send unasked. */
  static void checkType(@Nullable String type, boolean hasBody, boolean formAllowed) {
    if (!hasBody) {
      return;
    }
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean json = media.equals("application/json") || media.endsWith("+json");
    boolean form = formAllowed && media.equals("application/x-www-form-urlencoded");
    if (!json && !form) {
      throw new ApiException(
          Fault.UNSUPPORTED_TYPE,
          "The content type \"" + cut(media) + "\" is not read here; send application/json.");
    }
  }

  private boolean known(String host) {
    return LOCAL.contains(host)
        || (publicUrl != null && host.equalsIgnoreCase(publicUrl.getHost()));
  }

  private boolean sameOrigin(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    String authority = scheme < 0 ? "" : origin.substring(scheme + 3);
    boolean ours = host != null && authority.equalsIgnoreCase(host);
    boolean ofPublicUrl =
        publicUrl != null && authority.equalsIgnoreCase(String.valueOf(publicUrl.getAuthority()));
    return ours || ofPublicUrl;
  }

  private static String hostOf(@Nullable String header) {
    if (header == null) {
      return "";
    }
    int end = header.startsWith("[") ? header.indexOf(']') + 1 : header.indexOf(':');
    return (end <= 0 ? header : header.substring(0, end)).toLowerCase(Locale.ROOT);
  }

  private static String cut(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
