package io.millrace.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.PathRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationReferencesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SHOP_PASSWORD", "from outside", "MILLRACE_PASSWORD", "mine");

  @TempDir private Path folder;

  @Test
  void resolvesReferencesAnywhere() throws IOException {
    Files.writeString(folder.resolve("key.pem"), "pem text\n");
    Map<String, Object> values =
        Map.of(
            "password",
            "salt-${env:SHOP_PASSWORD}",
            "keys",
            List.of("${file:key.pem}", "$${env:SHOP_PASSWORD}", 5));
    assertThat(resolve(values))
        .containsEntry("password", "salt-from outside")
        .containsEntry("keys", List.of("pem text", "${env:SHOP_PASSWORD}", 5));
  }

  @Test
  void namesEveryReferenceThatLeadsNowhere() {
    Map<String, Object> values = Map.of("a", "${env:NONE}", "b", List.of("${file:none.txt}"));
    assertThatThrownBy(() -> resolve(values))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration: a: the environment variable NONE is not set.")
        .hasMessageContaining("configuration: b[0]: the file ");
  }

  @Test
  void keepsTheServersOwnSecretsToItself() throws IOException {
    Files.writeString(folder.resolve("secret.key"), "the key");
    Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("secret.key"));
    for (String reference :
        List.of(
            "${env:MILLRACE_PASSWORD}",
            "${env:MILLRACE_SECRET_KEY}",
            "${file:secret.key}",
            "${file:./secret.key}",
            "${file:" + folder + "/secret.key}",
            "${file:link.txt}")) {
      assertThatThrownBy(() -> resolve(Map.of("host", reference)))
          .as(reference)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("use another name");
    }
  }

  @Test
  void tellsReferencesFromTextsThatHoldSome() {
    assertThat(ConfigurationReferences.isOne("${env:A}")).isTrue();
    assertThat(ConfigurationReferences.isOne("${file:/run/a}")).isTrue();
    for (String text : List.of("", "a", "x${env:A}", "${env:A}x", "$${env:A}", "${env:A")) {
      assertThat(ConfigurationReferences.isOne(text)).as(text).isFalse();
    }
  }

  private Map<String, Object> resolve(Map<String, Object> values) {
    return new ConfigurationReferences(ENVIRONMENT, folder, PathRule.ANY)
        .resolve("configuration", values);
  }
}
