package io.millrace.server.notification;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.TransientException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A mail that was not taken says why. */
final class MailerTest {
  @Test
  void saysWhatTheServerAnswered() throws Exception {
    try (ServerSocket server = answering("550 5.1.1 <to@b.example> no such user")) {
      assertThatThrownBy(() -> send(server.getLocalPort(), false))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("did not take the message: 550 5.1.1")
          .hasMessageContaining("no such user")
          .hasMessageNotContaining("to@b.example");
    }
    try (ServerSocket server = answering("450 the mailbox is busy")) {
      assertThatThrownBy(() -> send(server.getLocalPort(), false))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("did not take the message: 450 the mailbox is busy");
    }
  }

  @Test
  void saysThatThereIsNoEncryption() throws Exception {
    try (ServerSocket server = answering("250 fine")) {
      assertThatThrownBy(() -> send(server.getLocalPort(), true))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("offers no STARTTLS")
          .hasMessageContaining("MILLRACE_SMTP_STARTTLS");
    }
  }

  @Test
  void saysWhyAServerCannotBeReached() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertThatThrownBy(() -> send(port, false))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("127.0.0.1:" + port + " cannot be reached: Connection refused");
  }

  /** A socket that listens takes the connection, and nobody speaks. */
  @Test
  void saysThatAServerHangs() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = silent.getLocalPort();
      assertThatThrownBy(() -> send(port, false, Duration.ofSeconds(1)))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("127.0.0.1:" + port + " did not answer within 1 s.");
    }
  }

  private static void send(int port, boolean startTls) {
    send(port, startTls, Duration.ofSeconds(10));
  }

  private static void send(int port, boolean startTls, Duration timeout) {
    new Mailer(
            new NotificationSettings.Smtp(
                "127.0.0.1", port, startTls, null, null, "millrace@b.example"),
            timeout)
        .send("to@b.example", "Hello", "There is something to tell.");
  }

  /** A mail server that knows no extensions and answers each receiver like this. */
  private static ServerSocket answering(String toReceiver) throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> serve(server, toReceiver));
    return server;
  }

  private static void serve(ServerSocket server, String toReceiver) {
    try (Socket client = server.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      answer(client, "220 mail.example");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        answer(client, line.startsWith("RCPT") ? toReceiver : "250 fine");
      }
    } catch (IOException e) {
      // The test has closed it.
    }
  }

  private static void answer(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
