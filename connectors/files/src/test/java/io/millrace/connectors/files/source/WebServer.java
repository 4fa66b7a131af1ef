package io.millrace.connectors.files.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A web server of one changeable file, which can be told to misbehave. */
final class WebServer implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;

  final List<String> requests = new CopyOnWriteArrayList<>();

  volatile byte[] content = {};
  volatile String tag = "\"v1\"";
  volatile String modified = "Fri, 01 Mar 2024 10:00:00 GMT";
  volatile boolean knowsRanges = true;
  volatile boolean refusesHead;
  volatile int status = 200;
  volatile String location = "";

  /** How many answers break off in their middle before one is whole. */
  final AtomicInteger breaks = new AtomicInteger();

  private WebServer(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  static WebServer http() throws IOException {
    return new WebServer(HttpServer.create(address(), 0), "http");
  }

  static WebServer https(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(address(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new WebServer(server, "https");
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  String url(String path) {
    return scheme + "://localhost:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + range);
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      requests.add("Authorization " + authorization);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (head && refusesHead) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      if (!location.isEmpty() && !exchange.getRequestURI().getPath().equals("/moved.csv")) {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      if (status != 200) {
        exchange.getResponseHeaders().set("Retry-After", "7");
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      file(exchange, head, range);
    }
  }

  private void file(HttpExchange exchange, boolean head, String range) throws IOException {
    byte[] bytes = content;
    if (!tag.isEmpty()) {
      exchange.getResponseHeaders().set("ETag", tag);
    }
    if (!modified.isEmpty()) {
      exchange.getResponseHeaders().set("Last-Modified", modified);
    }
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    int from = 0;
    int to = bytes.length;
    boolean part = knowsRanges && range != null;
    if (part) {
      String[] ends = range.substring("bytes=".length()).split("-");
      from = Integer.parseInt(ends[0]);
      to = ends.length > 1 ? Math.min(to, Integer.parseInt(ends[1]) + 1) : to;
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, bytes.length));
    }
    exchange.sendResponseHeaders(part ? 206 : 200, to - from);
    try (OutputStream body = exchange.getResponseBody()) {
      if (to - from > 1_000 && breaks.getAndDecrement() > 0) {
        body.write(bytes, from, (to - from) / 3);
        body.flush();
        throw new IOException("The server breaks off on purpose.");
      }
      body.write(bytes, from, to - from);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
