package io.millrace.server.welcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser lays it out; its files as they are, the API's answers as they may be. */
final class WelcomeLayoutTest {
  private static final String WAITS =
      "It waits because the disk of the data directory has 210 MB left, which is less than the 500"
          + " MB that a job needs; make room, or lower MILLRACE_DISK_FREE_MIB.";
  private static final String ID = "6f3d1a52-9b1c-4c8e-8d7a-1f2e3d4c5b6a";
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/api/v1/instance_configuration",
          "{\"auth\":{\"mode\":\"none\"}}",
          "/api/v1/workspaces/list",
          "{\"workspaces\":[{\"workspaceId\":\"" + ID + "\"}]}",
          "/api/v1/web_backend/connections/list",
          "{\"numConnections\":1,\"connections\":[{\"connectionId\":\""
              + ID
              + "\",\"name\":\"Shop to lake\",\"status\":\"active\",\"scheduleType\":\"manual\"}]}",
          "/api/v1/connections/status",
          "[{\"connectionId\":\""
              + ID
              + "\",\"connectionSyncStatus\":\"pending\",\"activeJob\":{\"waitingReason\":\""
              + WAITS
              + "\"}}]",
          "/api/public/v1/destinations",
          "{\"data\":[]}",
          "/api/v1/connections/get",
          "{\"name\":\"Shop to lake\"}",
          "/health",
          "{}");

  @TempDir private Path folder;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", WelcomeLayoutTest::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** A telephone, the narrowest table, a laptop: why a job waits is a sentence, and it wraps. */
  @Test
  void noPageIsWiderThanItsWindow() throws Exception {
    Optional<HeadlessBrowser> browser = HeadlessBrowser.find(folder);
    assumeTrue(browser.isPresent(), "There is no browser.");
    for (int width : new int[] {390, 800, 1100}) {
      String seen =
          browser
              .get()
              .page("http://127.0.0.1:" + server.getAddress().getPort() + "/frame?width=" + width);
      assertThat(seen).contains("waits: true").contains("width: " + width);
    }
  }

  /** The link of a message: the page finds its files and shows what the message is about. */
  @Test
  void theAddressOfAConnectionSearchesForIt() throws Exception {
    Optional<HeadlessBrowser> browser = HeadlessBrowser.find(folder);
    assumeTrue(browser.isPresent(), "There is no browser.");
    String link = "/workspaces/" + ID + "/connections/" + ID;
    String seen =
        browser.get().page("http://127.0.0.1:" + server.getAddress().getPort() + "/frame" + link);
    assertThat(seen).contains("waits: true").contains("search: Shop to lake");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body;
    if (path.startsWith("/frame")) {
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      body = frame(path.substring("/frame".length()), query.replaceAll("\\D", ""));
    } else if (path.startsWith("/workspaces/")) {
      String deeper = "<base href=\"../../../\">";
      body =
          file("/index.html")
              .replace("<base href=\"./\">", deeper)
              .getBytes(StandardCharsets.UTF_8);
    } else {
      body = file(path.equals("/") ? "/index.html" : path).getBytes(StandardCharsets.UTF_8);
    }
    exchange
        .getResponseHeaders()
        .add("Content-Type", path.endsWith(".css") ? "text/css" : type(path));
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String file(String path) throws IOException {
    try (InputStream in = WelcomePage.class.getResourceAsStream("/welcome" + path)) {
      return in == null
          ? ANSWERS.getOrDefault(path, "{}")
          : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String type(String path) {
    return path.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
  }

  /** A browser's own window has a least width; a frame has none. */
  private static byte[] frame(String path, String width) {
    return """
    <!doctype html><iframe id="page" src="%s" style="border:0;height:1000px;width:%spx"></iframe>
    <pre id="said"></pre>
    <script>
    setInterval(() => {
      const page = document.getElementById("page").contentDocument;
      document.getElementById("said").textContent = "waits: " + page.body.innerText.includes("It waits because")
        + " width: " + page.documentElement.scrollWidth
        + " search: " + page.getElementById("term").value;
    }, 100);
    </script>
    """
        .formatted(path.isEmpty() ? "/" : path, width)
        .getBytes(StandardCharsets.UTF_8);
  }
}
