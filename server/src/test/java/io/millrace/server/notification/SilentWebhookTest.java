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
}
