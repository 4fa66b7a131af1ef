package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerPathsTest {
  @TempDir private Path folder;
  private Path data;
  private Path lake;

  @BeforeEach
  void make() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    lake = Files.createDirectory(folder.resolve("lake"));
    Files.writeString(data.resolve("secret.key"), "the key");
  }

  @Test
  void keepsTheServersOwnFilesToItself() throws IOException {
    Path direct = Files.createSymbolicLink(lake.resolve("link.csv"), data.resolve("secret.key"));
    Path dangling = Files.createSymbolicLink(lake.resolve("new.csv"), data.resolve("new.csv"));
    Path relative = Files.createSymbolicLink(lake.resolve("up"), Path.of("../data"));
    Files.createDirectory(data.resolve("warehouse"));
    Path inside =
        Files.createSymbolicLink(data.resolve("warehouse/x.csv"), data.resolve("secret.key"));
    Path duckdb = Files.createSymbolicLink(data.resolve("x.duckdb"), data.resolve("millrace.db"));
    for (Path refused :
        List.of(
            data,
            data.resolve("secret.key"),
            data.resolve("millrace.db-wal"),
            data.resolve("logs/jobs/1.jsonl.gz"),
            data.resolve("logs/warehouse.duckdb"),
            data.resolve("*"),
            lake.resolve("../data/secret.key"),
            direct,
            dangling,
            relative.resolve("secret.key"),
            inside,
            duckdb)) {
      assertThatThrownBy(() -> rule(Map.of()).check(refused))
          .as(refused.toString())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("the server's data directory");
    }
  }

  @Test
  void letsThroughWhatIsNobodysButTheConnectors() {
    for (Path allowed :
        List.of(
            data.resolve("warehouse.duckdb"),
            data.resolve("warehouse/shop/orders.parquet"),
            lake.resolve("orders.csv"),
            folder.resolve("data2/secret.txt"),
            folder)) {
      assertThatCode(() -> rule(Map.of()).check(allowed))
          .as(allowed.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void neverLetsTheEnvironmentOfAProcessBeRead() {
    assertThatThrownBy(() -> rule(Map.of()).check(Path.of("/proc/1/environ")))
        .hasMessageContaining("no file of data");
  }

  @Test
  void keepsToTheFoldersThatAreAllowed() throws IOException {
    Map<String, String> roots = Map.of(ServerPaths.FILE_ROOTS, lake + ":" + folder.resolve("drop"));
    ServerPaths rule = rule(roots);
    rule.check(lake.resolve("2026/orders.csv"));
    rule.check(data.resolve("warehouse.duckdb"));
    Path out = Files.createSymbolicLink(lake.resolve("out"), folder);
    for (Path refused : List.of(folder.resolve("other.csv"), out.resolve("other.csv"))) {
      assertThatThrownBy(() -> rule.check(refused))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(ServerPaths.FILE_ROOTS);
    }
    assertThatThrownBy(() -> rule(Map.of(ServerPaths.FILE_ROOTS, "lake")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("absolute folders");
  }

  @Test
  void followsLinksOnlySoFar() throws IOException {
    Path loop = lake.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertThatThrownBy(() -> rule(Map.of()).check(loop)).hasMessageContaining("40 links");
    assertThat(Files.isSymbolicLink(loop)).isTrue();
  }

  private ServerPaths rule(Map<String, String> environment) {
    return ServerPaths.of(new DataDirectory(data), ServerPaths.FILE_ROOTS, environment);
  }
}
