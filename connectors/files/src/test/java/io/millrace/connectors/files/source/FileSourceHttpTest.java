package io.millrace.connectors.files.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.Resumption;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TransientException;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files on real web servers. */
class FileSourceHttpTest {
  private static final int ROWS = 50_000;

  @RegisterExtension final AllocatorExtension memory = new AllocatorExtension();
  @TempDir Path temp;
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server = WebServer.http();
    server.content = numbers(ROWS).getBytes(StandardCharsets.UTF_8);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private FileReading open(String url) {
    return FileReading.of(memory.allocator(), temp, Map.of("url", url));
  }

  private static String numbers(int rows) {
    StringBuilder text = new StringBuilder("n,text\n");
    for (int i = 0; i < rows; i++) {
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
  void readsAndNamesByThePath() throws Exception {
    try (FileReading reading = open(server.url("/data/orders.v2.csv?token=secret"))) {
      assertThat(reading.discover().name().name()).isEqualTo("orders");
      assertThat(reading.rows()).isEqualTo(expected());
      ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      assertThat(reading.source.plan(stream, null).toString()).doesNotContain("secret");
    }
    assertThat(server.requests).anyMatch(request -> request.contains("token=secret"));
  }

  @Test
  void goesOnWhereABrokenConnectionStopped() throws Exception {
    for (boolean ranges : new boolean[] {true, false}) {
      server.knowsRanges = ranges;
      try (FileReading reading = open(server.url("/orders.csv"))) {
        ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
        Partition partition = reading.source.plan(stream, null).partitions().getFirst();
        server.breaks.set(2);
        assertThat(reading.read(stream, partition, null, Integer.MAX_VALUE).rows())
            .isEqualTo(expected());
        assertThat(server.breaks.get()).isLessThanOrEqualTo(0);
      }
    }
  }

  @Test
  void givesUpWhenItBreaksAgainAndAgain() throws Exception {
    try (FileReading reading = open(server.url("/orders.csv"))) {
      ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      Partition partition = reading.source.plan(stream, null).partitions().getFirst();
      server.status = 503;
      assertThatThrownBy(() -> reading.read(stream, partition, null, 1))
          .isInstanceOfSatisfying(
              TransientException.class,
              e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }
  }

  @Test
  void resumesBehindACheckpointByRange() throws Exception {
    try (FileReading reading = open(server.url("/orders.csv"))) {
      ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_APPEND);
      Partition partition = reading.source.plan(stream, null).partitions().getFirst();
      FileReading.Part first = reading.read(stream, partition, null, 100);
      Checkpoint checkpoint = Objects.requireNonNull(first.checkpoint());
      PartitionProgress progress = new PartitionProgress(partition, checkpoint, false);
      Resumption resumption = reading.source.resume(stream, null, List.of(progress));
      assertThat(resumption).isInstanceOf(Resumption.Continue.class);
      server.requests.clear();
      FileReading.Part rest =
          reading.read(stream, resumption.partitions().getFirst(), checkpoint, Integer.MAX_VALUE);
      List<Row> rows = new ArrayList<>(first.rows());
      rows.addAll(rest.rows());
      assertThat(rows).isEqualTo(expected());
      assertThat(server.requests).anyMatch(request -> request.matches("GET .* bytes=[1-9]\\d+-"));
    }
  }

  @Test
  void aFileThatChangedIsReadAnewOrRefused() throws Exception {
    try (FileReading reading = open(server.url("/orders.csv"))) {
      ConfiguredStream staged = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      ConfiguredStream append = reading.stream(SyncMode.INCREMENTAL_APPEND);
      Partition partition = reading.source.plan(staged, null).partitions().getFirst();
      FileReading.Part first = reading.read(staged, partition, null, 3);
      PartitionProgress begun = new PartitionProgress(partition, first.checkpoint(), false);
      PartitionProgress fresh = new PartitionProgress(partition, null, false);
      server.tag = "\"v2\"";
      assertThatThrownBy(() -> reading.read(staged, partition, first.checkpoint(), 1))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("changed");
      assertThat(reading.source.resume(staged, null, List.of(begun)))
          .isInstanceOfSatisfying(
              Resumption.Restart.class,
              restart -> assertThat(restart.reason()).contains("orders.csv").contains("changed"));
      assertThatThrownBy(() -> reading.source.resume(append, null, List.of(begun)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("reset the stream's state");
      Resumption renewed = reading.source.resume(append, null, List.of(fresh));
      assertThat(renewed).isInstanceOf(Resumption.Continue.class);
      assertThat(renewed.partitions().getFirst().id()).isEqualTo(partition.id());
      assertThat(
              reading.read(append, renewed.partitions().getFirst(), null, Integer.MAX_VALUE).rows())
          .isEqualTo(expected());
    }
  }

  @Test
  void aFileOfWhichTheServerTellsNothingIsNeverResumed() throws Exception {
    server.tag = "";
    server.modified = "";
    try (FileReading reading = open(server.url("/orders.csv"))) {
      ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      Partition partition = reading.source.plan(stream, null).partitions().getFirst();
      FileReading.Part first = reading.read(stream, partition, null, 3);
      PartitionProgress begun = new PartitionProgress(partition, first.checkpoint(), false);
      assertThat(reading.source.resume(stream, null, List.of(begun)))
          .isInstanceOf(Resumption.Restart.class);
      assertThat(reading.rows()).isEqualTo(expected());
    }
  }

  @Test
  void compressedFilesResumeByPassingOverWhatIsRead() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(server.content);
    }
    server.content = packed.toByteArray();
    try (FileReading reading = open(server.url("/orders.csv.gz"))) {
      ConfiguredStream stream = reading.stream(SyncMode.FULL_REFRESH_OVERWRITE);
      Partition partition = reading.source.plan(stream, null).partitions().getFirst();
      FileReading.Part first = reading.read(stream, partition, null, 50);
      FileReading.Part rest =
          reading.read(stream, partition, first.checkpoint(), Integer.MAX_VALUE);
      List<Row> rows = new ArrayList<>(first.rows());
      rows.addAll(rest.rows());
      assertThat(rows).isEqualTo(expected());
    }
  }

  @Test
  void serversThatRefuseHeadAreAskedForTheFirstByte() throws Exception {
    server.refusesHead = true;
    try (FileReading reading = open(server.url("/orders.csv"))) {
      assertThat(reading.discover().estimatedBytes()).isEqualTo(server.content.length);
      assertThat(reading.rows()).isEqualTo(expected());
    }
  }

  @Test
  void followsRedirectsAndKeepsTheLoginToItsServer() throws Exception {
    try (WebServer other = WebServer.http()) {
      other.content = server.content;
      server.location = other.url("/moved.csv");
      String url = server.url("/orders.csv").replace("//", "//ann:p%40ss@");
      try (FileReading reading = open(url)) {
        assertThat(reading.rows()).isEqualTo(expected());
      }
      String login =
          Base64.getEncoder().encodeToString("ann:p@ss".getBytes(StandardCharsets.UTF_8));
      assertThat(server.requests).contains("Authorization Basic " + login);
      assertThat(other.requests).contains("Authorization null").noneMatch(r -> r.contains("Basic"));
    }
  }

  @Test
  void redirectsAreBoundedAndStayOnTheWeb() throws Exception {
    server.location = server.url("/again.csv");
    assertRefused(server.url("/orders.csv"), "more than 5 times");
    server.location = "file:///etc/passwd";
    assertRefused(server.url("/orders.csv"), "outside the web");
  }

  private void assertRefused(String url, String sentence) {
    try (FileReading reading = open(url)) {
      assertThatThrownBy(reading::discover)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(sentence)
          .hasMessageNotContaining("sun.security");
    }
  }

  @Test
  void sortsWhatServersAnswer() throws Exception {
    Map<Integer, Class<? extends ConnectorException>> kinds =
        Map.of(
            404, ConfigException.class,
            403, ConfigException.class,
            401, ConfigException.class,
            500, TransientException.class,
            429, TransientException.class,
            418, ConfigException.class);
    for (Map.Entry<Integer, Class<? extends ConnectorException>> one : kinds.entrySet()) {
      server.status = one.getKey();
      try (FileReading reading = open(server.url("/orders.csv"))) {
        assertThatThrownBy(reading::discover)
            .as(one.getKey().toString())
            .isInstanceOf(one.getValue())
            .hasMessageContaining("/orders.csv");
      }
    }
    server.close();
    try (FileReading reading = open(server.url("/orders.csv"))) {
      assertThatThrownBy(reading::discover).isInstanceOf(TransientException.class);
    }
    assertRefused("http://no-such-host.invalid/orders.csv", "host");
    assertThatThrownBy(() -> open("https:///orders.csv").close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no web address");
  }

  /** A key of {@code localhost} that it signed itself, made by the JDK's keytool. */
  private record Identity(SSLContext tls, String certificate) {}

  private Identity identity() throws Exception {
    Path store = temp.resolve("server.p12");
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                tool.toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                "secret",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-alias",
                "s")
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    assertThat(made.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(store)) {
      keys.load(input, "secret".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    String encoded = Base64.getMimeEncoder().encodeToString(keys.getCertificate("s").getEncoded());
    return new Identity(
        context, "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
  }

  @Test
  void trustsACertificateThatIsGivenAndNoOther() throws Exception {
    Identity identity = identity();
    try (WebServer secure = WebServer.https(identity.tls)) {
      secure.content = server.content;
      Map<String, Object> provider =
          Map.of("storage", "HTTPS", "ca_certificate", identity.certificate, "user_agent", true);
      Map<String, Object> config = Map.of("url", secure.url("/o.csv"), "provider", provider);
      try (FileReading reading = FileReading.of(memory.allocator(), temp, config)) {
        assertThat(reading.rows()).isEqualTo(expected());
      }
      assertRefused(secure.url("/o.csv"), "No secure connection");
      secure.location = server.url("/moved.csv");
      try (FileReading reading = FileReading.of(memory.allocator(), temp, config)) {
        assertThatThrownBy(reading::discover)
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("not secure");
      }
    }
  }
}
