package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class ServerTest {
  private final Dialect dialect;
  @TempDir private Path folder;

  ServerTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @Test
  void runsOnceOnADataDirectory() {
    ServerSettings settings = settings();
    try (Server first = start(settings)) {
      assertThat(first.ports()).hasSize(2).doesNotContain(0);
      assertThatThrownBy(() -> start(settings).close())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("runs on " + folder);
    }
    start(settings).close();
  }

  private ServerSettings settings() {
    return new ServerSettings(
        new DataDirectory(folder),
        TestStore.url(dialect, folder),
        new HttpSettings("127.0.0.1", List.of(0, 0), null, null),
        Map.of());
  }

  private static Server start(ServerSettings settings) {
    return Server.start(settings, ConnectorRegistry.load(), Clock.systemUTC());
  }
}
