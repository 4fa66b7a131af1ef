package io.millrace.connectors.files.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TransientException;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.servers.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Objects in a real S3 server. */
class FileSourceS3Test {
  @RegisterExtension final AllocatorExtension memory = new AllocatorExtension();
  @TempDir Path folder;
  @TempDir Path temp;
  private S3Server server;

  @BeforeEach
  void start() {
    server = S3Server.start(folder).createBucket("shop");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path object(String key, String text) throws IOException {
    Path path = folder.resolve("shop").resolve(key);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text, StandardCharsets.UTF_8);
  }

  private Map<String, Object> config(String url) {
    return config(url, S3Server.SECRET_ACCESS_KEY);
  }

  private Map<String, Object> config(String url, String secret) {
    Map<String, Object> provider = new HashMap<>();
    provider.put("storage", "S3");
    provider.put("endpoint", server.endpoint());
    provider.put("aws_access_key_id", S3Server.ACCESS_KEY_ID);
    provider.put("aws_secret_access_key", secret);
    provider.put("region", "us-east-1");
    return Map.of("url", url, "provider", provider);
  }

  private FileReading open(String url) {
    return FileReading.of(memory.allocator(), temp, config(url));
  }

  @Test
  void readsKeysAndPatternsOfKeys() throws Exception {
    object("in/2024/orders-1.csv", "n,t\n1,a\n");
    object("in/2025/orders-2.csv", "n,t\n2,b\n");
    object("in/2025/other.txt", "x\n");
    object("in-not.csv", "n,t\n9,z\n");
    try (FileReading reading = open("s3://shop/in/2024/orders-1.csv")) {
      assertThat(reading.discover().name().name()).isEqualTo("orders-1");
      assertThat(reading.rows()).containsExactly(Row.of(1L, "a"));
    }
    try (FileReading reading = open("s3://shop/in/**/*.csv")) {
      assertThat(reading.discover().name().name()).isEqualTo("in");
      assertThat(reading.rows()).containsExactlyInAnyOrder(Row.of(1L, "a"), Row.of(2L, "b"));
    }
    Map<String, Object> schemeless = config("shop/in/2025/orders-*.csv");
    try (FileReading reading = FileReading.of(memory.allocator(), temp, schemeless)) {
      assertThat(reading.rows()).containsExactly(Row.of(2L, "b"));
    }
  }

  @Test
  void formatsThatNeedAFileAreSpooled() throws Exception {
    Path local = temp.resolve("t.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (SELECT i n FROM range(10) r(i)) TO '" + local + "'");
    }
    Files.createDirectories(folder.resolve("shop/p"));
    Files.copy(local, folder.resolve("shop/p/t.parquet"));
    try (FileReading reading = open("s3://shop/p/t.parquet")) {
      assertThat(reading.rows()).hasSize(10);
      try (var files = Files.list(temp)) {
        assertThat(files.map(path -> path.getFileName().toString())).contains("spool-0");
      }
    }
    try (var files = Files.list(temp)) {
      assertThat(files.map(path -> path.getFileName().toString())).doesNotContain("spool-0");
    }
  }

  @Test
  void resumesByRangeAndNoticesAChange() throws Exception {
    StringBuilder text = new StringBuilder("n\n");
    List<Row> expected = new ArrayList<>();
    for (long i = 0; i < 20_000; i++) {
      text.append(i).append('\n');
      expected.add(Row.of(i));
    }
    Path object = object("n.csv", text.toString());
    try (FileReading reading = open("s3://shop/n.csv")) {
      ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      Partition partition = reading.source.plan(stream, null).partitions().getFirst();
      FileReading.Part first = reading.read(stream, partition, null, 7);
      List<Row> rows = new ArrayList<>(first.rows());
      rows.addAll(reading.read(stream, partition, first.checkpoint(), Integer.MAX_VALUE).rows());
      assertThat(rows).isEqualTo(expected);
      Files.writeString(object, text.append("1\n").toString(), StandardCharsets.UTF_8);
      assertThatThrownBy(() -> reading.read(stream, partition, first.checkpoint(), 1))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("changed");
    }
  }

  @Test
  void namesWhatIsWrong() throws Exception {
    Map<String, String> sentences =
        Map.of(
            "s3://shop/missing.csv", "There is no file \"s3://shop/missing.csv\"",
            "s3://shop/none/*.csv", "No file matches",
            "s3://nowhere/x*.csv", "no bucket \"nowhere\"",
            "s3://nowhere/x.csv", "no bucket \"nowhere\"",
            "s3://shop/", "gives the stream no name");
    sentences.forEach(
        (url, sentence) ->
            assertThatThrownBy(
                    () -> {
                      try (FileReading reading = open(url)) {
                        reading.discover();
                      }
                    })
                .as(url)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(sentence));
    object("x.csv", "n\n1\n");
    Map<String, Object> wrong = config("s3://shop/x.csv", "guessed");
    try (FileReading reading = FileReading.of(memory.allocator(), temp, wrong)) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(ConfigException.class)
          .hasMessageNotContaining("guessed");
    }
  }
}
