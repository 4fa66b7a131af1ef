package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client may take of a server: bytes, connections, time. */
final class LimitsTest {
  private static final int WAIT_MILLIS_MAX = 60_000;

  private HttpServer server;

  @BeforeEach
  void start() {
    Action length = call -> Answer.ok(Map.of("fields", call.body().json().size()));
    Routes routes =
        new Routes().config(Access.OPEN, "/open", length).config(Access.EDIT, "/edit", length);
    server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", List.of(0), null, null), Gatekeeper.OPEN, routes);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void readsLittleOfWhoHasNotSaidWhoTheyAre() throws Exception {
    String body = "{\"a\":\"" + "x".repeat(20_000) + "\"}";
    assertThat(send("/api/v1/edit", "Content-Length: " + body.length() + "\r\n\r\n" + body))
        .startsWith("HTTP/1.1 200");
    assertThat(send("/api/v1/open", "Content-Length: " + body.length() + "\r\n\r\n" + body))
        .startsWith("HTTP/1.1 413")
        .contains("16 KB");
    String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    assertThat(send("/api/v1/open", "Transfer-Encoding: chunked\r\n\r\n" + chunk))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void refusesLongHeaders() throws Exception {
    assertThat(send("/api/v1/open", "X-A: " + "y".repeat(20_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
  }

  /** One who comes while all places are taken by clients that say nothing is served soon. */
  @Test
  void silentConnectionsMakeWayForOthers() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < HttpSettings.CONNECTIONS_MAX; i++) {
        Socket socket = connect();
        silent.add(socket);
        // Each has sent half of its headers.
        socket.getOutputStream().write("POST /api/v1/open HTT".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(send("/api/v1/open", "Content-Length: 2\r\n\r\n{}")).startsWith("HTTP/1.1 200");
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void largeBodiesShareABoundedMemory() throws Exception {
    Bodies bodies = new Bodies();
    int large = HttpSettings.BODIES_BYTES_MAX / 2;
    try (Bodies.Share first = bodies.new Share();
        Bodies.Share second = bodies.new Share()) {
      first.read(zeros(large), large);
      second.read(zeros(large), large);
      assertThatThrownBy(() -> read(bodies, large))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("Too many large requests");
      assertThat(read(bodies, 1_000)).isEqualTo(1_000);
    }
    assertThat(read(bodies, large)).isEqualTo(large);
  }

  private static int read(Bodies bodies, int length) throws IOException {
    try (Bodies.Share share = bodies.new Share()) {
      return share.read(zeros(length), length).length;
    }
  }

  private static InputStream zeros(int length) {
    return new ByteArrayInputStream(new byte[length]);
  }

  /** Sends a request and returns the answer. */
  private String send(String path, String rest) throws IOException {
    try (Socket socket = connect()) {
      String head =
          "POST "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\n";
      try {
        socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The server may answer before it has read everything.
        return answer(socket.getInputStream());
      }
      return answer(socket.getInputStream());
    }
  }

  private static String answer(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] block = new byte[8_192];
    try {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        text.append(new String(block, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      if (text.isEmpty()) {
        throw e;
      }
    }
    return text.toString();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.ports().getFirst()),
        WAIT_MILLIS_MAX);
    socket.setSoTimeout(WAIT_MILLIS_MAX);
    return socket;
  }
}
