package io.millrace.testkit.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An S3 server that lists unfinished uploads as MinIO does: those of an object or of the whole
 * bucket, and none where the prefix is a folder. It takes every signature.
 */
public final class FolderBlindS3Server implements AutoCloseable {
  private static final Set<String> NOT_FORWARDED =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");
  private static final String NO_UPLOADS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListMultipartUploadsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\
      <IsTruncated>false</IsTruncated></ListMultipartUploadsResult>""";

  private final S3Server server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer front;

  private FolderBlindS3Server(S3Server server, HttpServer front) {
    this.server = server;
    this.front = front;
  }

  /**
   * Starts a server.
   *
   * @param folder an existing folder, which keeps the buckets
   */
  public static FolderBlindS3Server start(Path folder) {
    try {
      HttpServer front =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FolderBlindS3Server made = new FolderBlindS3Server(S3Server.startOpen(folder), front);
      front.createContext("/", made::answer);
      front.setExecutor(made.threads);
      front.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the server's URL. */
  public String endpoint() {
    return "http://127.0.0.1:" + front.getAddress().getPort();
  }

  /** Makes an empty bucket. */
  public FolderBlindS3Server createBucket(String name) {
    server.createBucket(name);
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (listsUploadsOfFolder(exchange)) {
        byte[] none = NO_UPLOADS.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, none.length);
        exchange.getResponseBody().write(none);
      } else {
        forward(exchange);
      }
    }
  }

  private static boolean listsUploadsOfFolder(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    return exchange.getRequestMethod().equals("GET")
        && query != null
        && query.matches("(.*&)?uploads(&.*|=.*|)")
        && query.matches("(.*&)?prefix=[^&]*/(&.*)?");
  }

  private void forward(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.endpoint() + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    HttpResponse<byte[]> response = send(request.build());
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              boolean head = exchange.getRequestMethod().equals("HEAD");
              if (head || !NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    int length = response.body().length;
    exchange.sendResponseHeaders(response.statusCode(), length == 0 ? -1 : length);
    exchange.getResponseBody().write(response.body());
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Stops the server; the buckets stay. */
  @Override
  public void close() {
    front.stop(0);
    threads.close();
    client.close();
    server.close();
  }
}
