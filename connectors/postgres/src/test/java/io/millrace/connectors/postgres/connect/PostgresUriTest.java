package io.millrace.connectors.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PostgresUriTest {
  @Test
  void readsEveryPart() {
    assertThat(
            PostgresUri.toSourceConfig(
                "postgresql://u%40x:p%3Aw+d@db.example:5433/shop?sslmode=require&schema=x"
                    + "&replication_method=Xmin"))
        .isEqualTo(
            Map.of(
                "host", "db.example",
                "port", 5433,
                "database", "shop",
                "username", "u@x",
                "password", "p:w+d",
                "ssl_mode", Map.of("mode", "require"),
                "schemas", List.of("x"),
                "replication_method", "Xmin"));
  }

  @Test
  void leavesOutWhatIsNotSaid() {
    assertThat(PostgresUri.toDestinationConfig("postgres://me@/"))
        .isEqualTo(Map.of("host", "localhost", "username", "me", "database", "me"));
    assertThat(PostgresUri.toSourceConfig("postgresql://u@[::1]:1/d?schemas=a,b"))
        .containsEntry("host", "[::1]")
        .containsEntry("schemas", List.of("a", "b"));
  }

  @Test
  void gathersSchemasAndRefusesAnythingElseSaidTwice() {
    assertThat(PostgresUri.toSourceConfig("postgresql://u@h/d?schemas=a&schemas=b,c&schema=d"))
        .containsEntry("schemas", List.of("a", "b", "c", "d"));
    for (String query : List.of("schema=a&schema=b", "sslmode=require&ssl_mode=disable")) {
      assertThatThrownBy(() -> PostgresUri.toDestinationConfig("postgresql://u@h/d?" + query))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("more than once");
    }
  }

  @Test
  void gathersTheFieldsOfChoices() {
    assertThat(
            PostgresUri.toDestinationConfig(
                "postgresql://u@h/d?sslmode=verify-ca&ca_certificate=PEM&schema=s"
                    + "&tunnel_method=SSH_KEY_AUTH&tunnel_host=jump"))
        .containsEntry("ssl_mode", Map.of("mode", "verify-ca", "ca_certificate", "PEM"))
        .containsEntry(
            "tunnel_method", Map.of("tunnel_method", "SSH_KEY_AUTH", "tunnel_host", "jump"))
        .containsEntry("schema", "s");
  }

  @Test
  void refusesWithoutShowingThePassword() {
    for (String uri :
        List.of(
            "postgresql://u:geheim@h1:1,h2:2/d",
            "postgresql://u:geheim@h:port/d",
            "postgresql://u:geheim%zz@h/d",
            "mysql://u:geheim@h/d")) {
      assertThatThrownBy(() -> PostgresUri.toSourceConfig(uri))
          .isInstanceOf(ConfigException.class)
          .hasMessageNotContaining("geheim");
    }
  }
}
