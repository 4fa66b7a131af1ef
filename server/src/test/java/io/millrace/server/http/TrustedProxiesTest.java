package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrustedProxiesTest {
  private final TrustedProxies proxies = TrustedProxies.parse("127.0.0.1, 10.0.0.0/8,fd00::/8");

  @Test
  void takesTheWordOfTheseAlone() {
    assertThat(proxies.client("127.0.0.1", List.of("203.0.113.7"))).isEqualTo("203.0.113.7");
    assertThat(proxies.client("10.200.3.4", List.of("203.0.113.7"))).isEqualTo("203.0.113.7");
    assertThat(proxies.client("fd12::1", List.of("2001:db8::5"))).isEqualTo("2001:db8:0:0:0:0:0:5");
    assertThat(proxies.client("11.0.0.1", List.of("203.0.113.7"))).isEqualTo("11.0.0.1");
    assertThat(TrustedProxies.NONE.client("127.0.0.1", List.of("203.0.113.7")))
        .isEqualTo("127.0.0.1");
  }

  @Test
  void believesWhatTheNearestProxyAddedAndNotWhatTheClientWrote() {
    assertThat(proxies.client("127.0.0.1", List.of("8.8.8.8, 203.0.113.7")))
        .isEqualTo("203.0.113.7");
    assertThat(proxies.client("127.0.0.1", List.of("8.8.8.8", "203.0.113.7, 10.1.1.1")))
        .isEqualTo("203.0.113.7");
    assertThat(proxies.client("127.0.0.1", List.of("10.1.1.1"))).isEqualTo("10.1.1.1");
  }

  @Test
  void readsPortsAndStopsAtWhatIsNoAddress() {
    assertThat(proxies.client("127.0.0.1", List.of("203.0.113.7:4711"))).isEqualTo("203.0.113.7");
    assertThat(proxies.client("127.0.0.1", List.of("[2001:db8::5]:80")))
        .isEqualTo("2001:db8:0:0:0:0:0:5");
    for (String odd : List.of("unknown", "", "evil.example", "999.1.1.1", "::ffff:x")) {
      assertThat(proxies.client("127.0.0.1", List.of("203.0.113.7, " + odd)))
          .as(odd)
          .isEqualTo("127.0.0.1");
    }
    assertThat(proxies.client("127.0.0.1", List.of())).isEqualTo("127.0.0.1");
    assertThat(proxies.client("127.0.0.1", List.of("10.0.0.1,".repeat(5_000))))
        .isEqualTo("127.0.0.1");
  }

  @Test
  void namesWhatIsNoNetwork() {
    for (String wrong :
        List.of("proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "/8")) {
      assertThatThrownBy(() -> TrustedProxies.parse("127.0.0.1," + wrong))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("\"" + wrong + "\"");
    }
  }
}
