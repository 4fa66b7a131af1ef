package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
  @TempDir private static Path folder;
  private static TestCertificate rsa;
  private static TestCertificate ec;

  @BeforeAll
  static void makeCertificates() throws Exception {
    rsa = TestCertificate.make(folder, "rsa", "RSA");
    ec = TestCertificate.make(folder, "ec", "EC");
  }

  @Test
  void speaksTlsWithEachKindOfKey() throws Exception {
    TestCertificate edwards = TestCertificate.make(folder, "edwards", "Ed25519");
    for (TestCertificate certificate : List.of(rsa, ec, edwards)) {
      try (HttpServer server = start(certificate.files());
          TestClient client = TestClient.of(server, certificate.trust())) {
        assertThat(client.get("/v1/origin").json().path("origin").asText())
            .isEqualTo("https://localhost:" + server.ports().getFirst());
      }
    }
  }

  @Test
  void refusesOldProtocols() throws Exception {
    try (HttpServer server = start(rsa.files());
        SSLSocket socket =
            (SSLSocket)
                rsa.trust()
                    .getSocketFactory()
                    .createSocket("127.0.0.1", server.ports().getFirst())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.1"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void tellsWhoComesWithoutTls() throws Exception {
    try (HttpServer server = start(rsa.files());
        TestClient plain = TestClient.of(server)) {
      TestClient.Reply program = plain.get("/v1/origin");
      assertThat(program.status()).isEqualTo(400);
      assertThat(program.json().path("detail").asText()).contains("use https://");
      TestClient.Reply browser = plain.with("Accept", "text/html").get("/v1/origin");
      assertThat(browser.status()).isEqualTo(308);
      assertThat(browser.header("location"))
          .isEqualTo("https://127.0.0.1:" + server.ports().getFirst() + "/v1/origin");
    }
  }

  @Test
  void startsWithACertificateThatHasRunOut() throws Exception {
    TestCertificate certificate = TestCertificate.expired(folder, "old");
    try (HttpServer server = start(certificate.files())) {
      assertThat(server.ports()).hasSize(1);
    }
    assertThat(warning(certificate)).contains("ran out on ").contains("clients refuse it");
    assertThat(warning(rsa)).isEmpty();
  }

  private static String warning(TestCertificate certificate) {
    HttpSettings settings = new HttpSettings("127.0.0.1", List.of(0), null, certificate.files());
    return HttpServer.warning(settings, Instant.now()).orElse("");
  }

  @Test
  void saysWhatIsWrongWithTheFiles() throws Exception {
    TestCertificate other = TestCertificate.make(folder, "other", "EC");
    Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");
    Path locked =
        Files.writeString(
            folder.resolve("locked.pem"),
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    Path missing = folder.resolve("missing.pem");
    refused(ec.files().certificates(), other.files().key(), "is not the key of");
    refused(ec.files().certificates(), rsa.files().key(), "is not the key of");
    refused(nothing, ec.files().key(), "holds no certificate");
    refused(ec.files().certificates(), nothing, "holds no key");
    refused(ec.files().certificates(), locked, "openssl pkcs8");
    refused(missing, ec.files().key(), "does not exist");
    refused(ec.files().certificates(), missing, "does not exist");
  }

  private static void refused(Path certificates, Path key, String sentence) {
    assertThatThrownBy(() -> start(new HttpSettings.Tls(certificates, key)).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(sentence);
  }

  private static HttpServer start(HttpSettings.Tls tls) {
    Routes routes =
        new Routes()
            .resource(
                Access.READ,
                Method.GET,
                "/origin",
                call -> Answer.ok(Map.of("origin", call.origin())));
    return HttpServer.start(
        new HttpSettings("127.0.0.1", List.of(0), null, tls), Gatekeeper.OPEN, routes);
  }
}
