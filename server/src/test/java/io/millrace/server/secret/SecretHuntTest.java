package io.millrace.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The hunt finds what is there: a hunt that finds nothing proves nothing else. */
@EachStore
final class SecretHuntTest {
  private static final String SECRET = "se same+öffne";

  private final Dialect dialect;
  @TempDir private Path folder;

  SecretHuntTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @Test
  void findsSecretsWhereverTheyLie() throws IOException {
    Files.writeString(folder.resolve("plain.txt"), "x" + SECRET + "y");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("packed.gz")))) {
      out.write(SECRET.getBytes(StandardCharsets.UTF_8));
    }
    try (Database store = TestStore.open(dialect, folder.resolve("store"));
        SecretHunt hunt = SecretHunt.begin(SECRET)) {
      store.change(tx -> tx.execute("INSERT INTO setting VALUES ('a', ?)", SECRET));
      LoggerFactory.getLogger("test")
          .atWarn()
          .addKeyValue("url", "?p=se+same%2B%C3%B6ffne")
          .log("x");
      LoggerFactory.getLogger("test").atWarn().setCause(new IOException(SECRET)).log("y");
      hunt.lookIn(folder).lookIn(store).lookAt("answers", List.of("c2Ugc2FtZSvDtmZmbmU="));
      assertThat(hunt.findings())
          .contains(
              "secret 1 in " + folder.resolve("plain.txt"),
              "secret 1 in " + folder.resolve("packed.gz"),
              "secret 1 in table setting",
              "secret 1 as base64 in answers",
              "secret 1 in a URL in log",
              "secret 1 in log");
    }
  }

  @Test
  void findsNothingOfEncryptedSecrets() {
    try (Database store = TestStore.open(dialect, folder);
        SecretHunt hunt = SecretHunt.begin(SECRET)) {
      String sealed = TestSecrets.in(folder).sealText(SECRET);
      store.change(tx -> tx.execute("INSERT INTO setting VALUES ('a', ?)", sealed));
      assertThat(hunt.lookIn(folder).lookIn(store).findings()).isEmpty();
    }
  }
}
