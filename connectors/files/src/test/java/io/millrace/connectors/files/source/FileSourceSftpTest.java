package io.millrace.connectors.files.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TransientException;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files on a real SFTP server. */
class FileSourceSftpTest {
  private static final int ROWS = 30_000;

  @RegisterExtension final AllocatorExtension memory = new AllocatorExtension();
  @TempDir Path root;
  @TempDir Path temp;
  private SftpServer server;
  private KeyPair userKey;

  @BeforeEach
  void start() throws Exception {
    userKey = SftpServer.rsa();
    server = SftpServer.start(root, userKey.getPublic());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void file(String name, String text) throws IOException {
    Path path = root.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text, StandardCharsets.UTF_8);
  }

  private Map<String, Object> config(String path, Map<String, Object> more) {
    Map<String, Object> provider = new HashMap<>();
    provider.put("storage", "SFTP");
    provider.put("user", SftpServer.USER);
    provider.put("host", "127.0.0.1");
    provider.put("port", server.port());
    provider.putAll(more);
    return Map.of("url", path, "provider", provider);
  }

  private FileReading open(String path) {
    return open(path, Map.of("password", SftpServer.PASSWORD));
  }

  private FileReading open(String path, Map<String, Object> more) {
    return FileReading.of(memory.allocator(), temp, config(path, more));
  }

  private static String numbers() {
    StringBuilder text = new StringBuilder("n,text\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(i).append(",row ").append(i).append('\n');
    }
    return text.toString();
  }

  private static List<Row> expected() {
    List<Row> rows = new ArrayList<>(ROWS);
    for (long i = 0; i < ROWS; i++) {
      rows.add(Row.of(i, "row " + i));
    }
    return rows;
  }

  @Test
  void readsByPasswordKeyAndUrl() throws Exception {
    file("data/orders.csv", numbers());
    try (FileReading reading = open("/data/orders.csv")) {
      assertThat(reading.discover().name().name()).isEqualTo("orders");
      assertThat(reading.rows()).isEqualTo(expected());
      assertThat(reading.notices)
          .anyMatch(
              notice ->
                  notice.code().equals("host_key_unchecked")
                      && notice.message().contains(server.fingerprint()));
    }
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(userKey.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    try (FileReading reading = open("/data/orders.csv", Map.of("private_key", pem))) {
      assertThat(reading.rows()).hasSize(ROWS);
    }
    String url = "sftp://ann:p%40ss%3Aword@127.0.0.1:" + server.port() + "/data/*.csv";
    try (FileReading reading =
        FileReading.of(memory.allocator(), temp, Map.of("url", url, "dataset_name", "o"))) {
      assertThat(reading.rows()).hasSize(ROWS);
    }
  }

  @Test
  void aUrlHoldsTheUserBesideFieldsOfTheProvider() throws Exception {
    file("sp ace#1 50%.csv", "n\n1\n");
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(userKey.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    String uri =
        "sftp://ann@127.0.0.1:"
            + server.port()
            + "/sp ace%231%2050%.csv?dataset_name=o&private_key="
            + URLEncoder.encode(pem, StandardCharsets.UTF_8).replace("+", "%20")
            + "&host_key_fingerprint="
            + server.fingerprint();
    Map<String, Object> config = FileUri.FORM.toConfig().apply(uri);
    try (FileReading reading = FileReading.of(memory.allocator(), temp, config)) {
      assertThat(reading.rows()).containsExactly(Row.of(1L));
      assertThat(reading.notices).isEmpty();
    }
  }

  @Test
  void findsFilesByPattern() throws Exception {
    file("a/1.csv", "n\n1\n");
    file("a/b/2.csv", "n\n2\n");
    file("a/b/.3.csv", "n\n3\n");
    file("c/4.csv", "n\n4\n");
    try (FileReading reading = open("/a/**/*.csv")) {
      assertThat(reading.discover().name().name()).isEqualTo("a");
      assertThat(reading.rows()).containsExactlyInAnyOrder(Row.of(1L), Row.of(2L));
    }
    assertThatThrownBy(() -> open("/[ac]/?.csv").close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Set dataset_name");
  }

  @Test
  void goesOnAfterTheSessionsEnded() throws Exception {
    file("orders.csv", numbers());
    try (FileReading reading = open("/orders.csv")) {
      ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      Partition partition = reading.source.plan(stream, null).partitions().getFirst();
      FileReading.Part first = reading.read(stream, partition, null, 40);
      server.dropSessions();
      List<Row> rows = new ArrayList<>(first.rows());
      rows.addAll(reading.read(stream, partition, first.checkpoint(), Integer.MAX_VALUE).rows());
      assertThat(rows).isEqualTo(expected());
    }
  }

  @Test
  void checksTheHostKey() throws Exception {
    file("x.csv", "n\n1\n");
    Map<String, Object> right =
        Map.of("password", SftpServer.PASSWORD, "host_key_fingerprint", server.fingerprint());
    try (FileReading reading = open("/x.csv", right)) {
      assertThat(reading.rows()).containsExactly(Row.of(1L));
      assertThat(reading.notices).isEmpty();
    }
    Map<String, Object> wrong =
        Map.of(
            "password",
            SftpServer.PASSWORD,
            "host_key_fingerprint",
            "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
    try (FileReading reading = open("/x.csv", wrong)) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("another key");
    }
  }

  @Test
  void namesWhatIsWrong() throws Exception {
    file("data/x.csv", "n\n1\n");
    Map<String, String> sentences =
        Map.of(
            "/data/missing.csv", "There is no file",
            "/data", "is a folder",
            "/nowhere/*.csv", "No file matches");
    sentences.forEach(
        (path, sentence) ->
            assertThatThrownBy(
                    () -> {
                      try (FileReading reading = open(path)) {
                        reading.discover();
                      }
                    })
                .as(path)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(sentence));
    try (FileReading reading = open("/data/x.csv", Map.of("password", "guessed"))) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("refused the user \"ann\"")
          .hasMessageNotContaining("guessed");
    }
    try (FileReading reading = open("/data/x.csv", Map.of("private_key", "no key"))) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("private_key");
    }
    server.close();
    try (FileReading reading = open("/data/x.csv")) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("nothing listens there")
          .hasMessageNotContaining("Future");
    }
  }

  @Test
  void aServerThatIsNoSshServerRefusesNobody() throws Exception {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.start();
    Map<String, Object> more =
        Map.of("password", SftpServer.PASSWORD, "port", web.getAddress().getPort());
    try (FileReading reading = open("/x.csv", more)) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("it may be no SSH server");
    } finally {
      web.stop(0);
    }
  }
}
