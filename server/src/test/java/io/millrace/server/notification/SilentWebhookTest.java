package io.millrace.server.notification;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.TransientException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SilentWebhookTest {
  /** A socket that listens takes the connection, and nobody answers. */
  @Test
  void aReceiverThatHangsIsSaidToHang() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Webhook webhook = new Webhook(Duration.ofSeconds(1))) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/secret";
      assertThatThrownBy(() -> webhook.post(url, "{}", Map.of()))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("did not answer within 1 s")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void saysWhyAReceiverCannotBeReached() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    try (Webhook webhook = new Webhook(Duration.ofSeconds(10))) {
      assertThatThrownBy(() -> webhook.post("http://127.0.0.1:" + port + "/secret", "{}", Map.of()))
          .isInstanceOf(TransientException.class)
          .hasMessage("The webhook at 127.0.0.1 cannot be reached: Connection refused.");
      assertThatThrownBy(() -> webhook.post("http://no-such-host.invalid/secret", "{}", Map.of()))
          .isInstanceOf(TransientException.class)
          .hasMessage(
              "The webhook at no-such-host.invalid cannot be reached: its name is not known.");
    }
  }
}
