package io.millrace.connectors.faker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorPlugin;
import io.millrace.testkit.golden.ConnectorDocs;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class FakerPluginTest {
  @Test
  void isFoundAndDocumented() {
    List<ConnectorDefinition<?>> found =
        ServiceLoader.load(ConnectorPlugin.class).stream()
            .filter(provider -> provider.type() == FakerPlugin.class)
            .<ConnectorDefinition<?>>flatMap(provider -> provider.get().connectors().stream())
            .toList();
    assertThat(found).hasSize(1);
    ConnectorDocs.check(found.getFirst());
  }

  @Test
  void readsUris() {
    assertThat(FakerUri.toConfig("faker:")).isEmpty();
    assertThat(FakerUri.toConfig("faker:?")).isEmpty();
    assertThat(FakerUri.toConfig("faker://?count=5&always%5Fupdated=false&x=a%20b+c"))
        .isEqualTo(Map.of("count", "5", "always_updated", "false", "x", "a b+c"));
    for (String wrong : List.of("faker:?a=1&a=2", "faker:?a=%zz")) {
      assertThatThrownBy(() -> FakerUri.toConfig(wrong)).isInstanceOf(ConfigException.class);
    }
    for (String wrong : List.of("faker:users", "faker:?count", "faker://h?a=1")) {
      assertThatThrownBy(() -> FakerUri.toConfig(wrong))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(wrong);
    }
  }
}
