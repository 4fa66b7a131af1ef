package io.millrace.server.openapi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Sends bytes that no well-behaved client sends. */
final class RawHttp {
  /** A request that takes longer hangs. */
  private static final int ANSWER_MILLIS_MAX = 30_000;

  private static final int KEPT_BYTES_MAX = 4_000;

  /**
   * What came back.
   *
   * @param status 0 when the server closed without a word
   * @param text the beginning of the answer
   */
  record Answer(int status, String text) {}

  private RawHttp() {}

  /**
   * Sends a request and reads the answer to its end.
   *
   * @param wire the request's bytes, each as the character of the same number
   * @throws AssertionError when there is no end
   */
  static Answer send(int port, String wire) {
    byte[] request = wire.getBytes(StandardCharsets.ISO_8859_1);
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS_MAX);
      socket.setSoTimeout(ANSWER_MILLIS_MAX);
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        socket.shutdownOutput();
      } catch (IOException e) {
        // The server may close before it has read everything; what it said counts.
        return read(socket);
      }
      return read(socket);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no answer within " + ANSWER_MILLIS_MAX + " ms", e);
    } catch (IOException e) {
      return new Answer(0, e.toString());
    }
  }

  private static Answer read(Socket socket) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    InputStream in = socket.getInputStream();
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        kept.write(buffer, 0, Math.min(n, KEPT_BYTES_MAX - Math.min(KEPT_BYTES_MAX, kept.size())));
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // Reset by a server that does not want the rest of the request.
      return answer(kept);
    }
    return answer(kept);
  }

  private static Answer answer(ByteArrayOutputStream kept) {
    String text = kept.toString(StandardCharsets.UTF_8);
    if (!text.startsWith("HTTP/1.1 ")) {
      return new Answer(0, text);
    }
    return new Answer(Integer.parseInt(text.substring(9, 12)), text);
  }
}
