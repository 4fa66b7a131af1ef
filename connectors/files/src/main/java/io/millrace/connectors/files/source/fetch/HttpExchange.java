package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests for one URL and follows redirects: a bounded number, only to the web, and never
 * from a secure address to one that is not.
 */
final class HttpExchange implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  /** How long the server may take until its answer begins. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private static final int REDIRECTS_MAX = 5;
  private static final long RETRY_AFTER_SECONDS_MAX = 3_600;

  private final URI uri;
  private final HttpClient client;
  private final String agent;
  private final @Nullable String authorization;

  HttpExchange(URI uri, HttpTrust trust, boolean browserAgent) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT);
    if (trust.tls() != null) {
      builder.sslContext(trust.tls());
    }
    this.client = builder.build();
    this.uri = uri;
    this.agent = browserAgent ? "Mozilla/5.0 (compatible; Millrace)" : "Millrace";
    this.authorization = basic(uri.getRawUserInfo());
  }

  /** Returns the URI of a web address. */
  static URI parse(String url) {
    try {
      URI uri = new URI(url.replace(" ", "%20"));
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below in the same words.
    }
    throw new ConfigException(
        "url_invalid",
        FileErrors.quoted(url.replaceFirst("//[^/@]*@", "//"))
            + " is no web address, such as https://example.com/orders.csv.");
  }

  /** Returns an address without what may be secret: the login and the query. */
  static String display(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
  }

  /** Sends a request; the answer may be a failure. */
  HttpResponse<InputStream> send(String method, Map<String, String> headers)
      throws InterruptedException {
    URI at = uri;
    for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      HttpResponse<InputStream> answer = sendOnce(method, at, headers);
      String location = answer.headers().firstValue("Location").orElse("");
      boolean redirect = answer.statusCode() / 100 == 3 && !location.isEmpty();
      if (!redirect) {
        return answer;
      }
      discard(answer);
      at = next(at, location);
    }
    throw new ConfigException(
        "http_redirects",
        FileErrors.quoted(display(uri)) + " leads on more than " + REDIRECTS_MAX + " times.");
  }

  /** Throws what a failed answer means. */
  void requireSuccess(HttpResponse<InputStream> answer) {
    int status = answer.statusCode();
    if (status < 300) {
      return;
    }
    String url = display(uri);
    throw switch (status) {
      case 404, 410 -> FileErrors.missing(url);
      case 401, 403, 407 -> HttpStorage.refused(url, status);
      case 408, 425, 429, 500, 502, 503, 504 ->
          new TransientException(
              "http_unavailable",
              "The server answered " + status + " for " + FileErrors.quoted(url) + ".",
              url + ": " + status,
              null,
              retryAfter(answer));
      default ->
          new ConfigException(
              "http_failed",
              "The server answered " + status + " for " + FileErrors.quoted(url) + ".");
    };
  }

  private HttpResponse<InputStream> sendOnce(String method, URI at, Map<String, String> headers)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(withoutUser(at))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(ANSWER_TIMEOUT)
            .setHeader("User-Agent", agent);
    headers.forEach(request::setHeader);
    if (authorization != null && Objects.equals(at.getAuthority(), uri.getAuthority())) {
      request.setHeader("Authorization", authorization);
    }
    try {
      return client.send(request.build(), info -> new BodyInput());
    } catch (IOException e) {
      throw failure(at, e);
    }
  }

  private static ConnectorException failure(URI at, IOException cause) {
    String url = FileErrors.quoted(display(at));
    String said = ConnectorException.outside(cause.getMessage());
    if (cause instanceof SSLException) {
      return new ConfigException(
          "tls",
          "No secure connection to "
              + url
              + " ("
              + said
              + "). Check its certificate, or set"
              + " ca_certificate.",
          cause.toString(),
          cause);
    }
    if (cause instanceof ConnectException
        && cause.getCause() instanceof ConnectException inner
        && inner.getCause() instanceof UnresolvedAddressException) {
      return new ConfigException(
          "host_unknown", "The host of " + url + " is unknown. Correct the url.", said, cause);
    }
    return new TransientException(
        "http_unreachable", url + " did not answer. " + said, cause.toString(), cause);
  }

  private static URI next(URI from, String location) {
    URI next;
    try {
      next = from.resolve(new URI(location.replace(" ", "%20")));
    } catch (URISyntaxException e) {
      throw badRedirect(from, "an address that is none");
    }
    String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
    if (next.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw badRedirect(from, "an address outside the web");
    }
    if (scheme.equals("http") && "https".equalsIgnoreCase(from.getScheme())) {
      throw badRedirect(from, "an address that is not secure (http:)");
    }
    return next;
  }

  private static ConfigException badRedirect(URI from, String where) {
    return new ConfigException(
        "http_redirect",
        FileErrors.quoted(display(from)) + " leads on to " + where + ", which is not followed.");
  }

  private static URI withoutUser(URI at) {
    return at.getRawUserInfo() == null
        ? at
        : URI.create(at.toString().replaceFirst("//[^/@]*@", "//"));
  }

  private static @Nullable String basic(@Nullable String userInfo) {
    if (userInfo == null) {
      return null;
    }
    String decoded = URI.create("x://" + userInfo + "@h").getUserInfo();
    return "Basic " + Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> answer) {
    String value = answer.headers().firstValue("Retry-After").orElse("");
    return value.matches("\\d{1,9}")
        ? Duration.ofSeconds(Math.min(RETRY_AFTER_SECONDS_MAX, Long.parseLong(value)))
        : null;
  }

  private static void discard(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      // Nothing of it is wanted.
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
