package io.millrace.server.notification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Posts JSON to a URL that somebody configured. Thread-safe. */
public final class Webhook implements AutoCloseable {
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY = 429;

  private final HttpClient client;
  private final Duration timeout;

  /** Makes one whose receivers have so long to connect, and again to answer. */
  public Webhook(Duration timeout) {
    this.timeout = timeout;
    // A redirect could lead a message to where nobody asked for it.
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Posts a body once.
   *
   * @throws ConfigException when the URL is none, or the receiver refuses the message
   * @throws TransientException when the receiver cannot be reached or fails
   */
  public void post(String url, ObjectNode body) throws InterruptedException {
    post(url, body.toString(), Map.of());
  }

  /**
   * Posts a text once.
   *
   * @param json the text; empty for none
   * @param headers further headers; their values may be secrets
   * @throws ConfigException as {@link #post(String, ObjectNode)}
   * @throws TransientException as {@link #post(String, ObjectNode)}
   */
  public void post(String url, String json, Map<String, String> headers)
      throws InterruptedException {
    URI uri = uri(url);
    HttpRequest.Builder building =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    headers.forEach(building::header);
    HttpRequest request = building.build();
    int status;
    try {
      status = client.send(request, info -> new NoBody()).statusCode();
    } catch (HttpTimeoutException e) {
      boolean connected = !(e instanceof HttpConnectTimeoutException);
      throw new TransientException(
          connected ? "webhook_silent" : "webhook_unreachable",
          "The webhook at "
              + uri.getHost()
              + (connected ? " did not answer within " : " could not be connected to within ")
              + timeout.toSeconds()
              + " s.",
          e.toString(),
          e);
    } catch (IOException e) {
      throw new TransientException(
          "webhook_unreachable",
          "The webhook at " + uri.getHost() + " cannot be reached: " + why(e) + ".",
          ConnectorException.outside(e.toString()),
          e);
    }
    if (status >= SERVER_ERROR || status == TOO_MANY) {
      throw new TransientException(
          "webhook_failed",
          "The webhook at " + uri.getHost() + " answered " + status + ".",
          "status " + status,
          null);
    }
    if (status >= CLIENT_ERROR || status >= 300) {
      throw new ConfigException(
          "webhook_refused",
          "The webhook at " + uri.getHost() + " answered " + status + "; check its URL.");
    }
  }

  /**
   * Returns the URL, if it is one that can be posted to. A webhook's path is a secret: only its
   * host is ever said.
   *
   * @throws ConfigException when it is none
   */
  public static URI uri(String url) {
    try {
      URI uri = URI.create(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new ConfigException(
        "webhook_url",
        "The webhook's URL cannot be read; expected http:// or https:// and a host.");
  }

  /** The client says nothing itself; what it met stands in the chain, or in its type alone. */
  private static String why(IOException failure) {
    String text = "the connection broke off";
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof UnresolvedAddressException || one instanceof UnknownHostException) {
        return "its name is not known";
      }
      String message = one.getMessage();
      if (message != null && !message.isBlank()) {
        text = ConnectorException.outside(message.strip());
      } else if (one instanceof ConnectException) {
        text = "Connection refused";
      }
    }
    return text;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** Lets the answer's body be, which may have no end. */
  private static final class NoBody implements HttpResponse.BodySubscriber<Boolean> {
    @Override
    public CompletionStage<Boolean> getBody() {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
