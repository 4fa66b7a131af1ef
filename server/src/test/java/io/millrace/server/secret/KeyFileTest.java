package io.millrace.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with the key that others may read, and one that is gone. */
@EachStore
final class KeyFileTest {
  private final Dialect dialect;
  @TempDir private Path folder;

  KeyFileTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @Test
  void isTakenFromOthersAndSaidSo() throws IOException {
    assertThat(Keyring.guardFile(folder)).isEmpty();
    String id = Keyring.load(folder, Map.of()).currentId();
    assertThat(Keyring.guardFile(folder)).isEmpty();
    Path file = folder.resolve("secret.key");
    for (String mode : new String[] {"rw-r--r--", "rw-r-----", "rw--w----"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(Keyring.guardFile(folder).orElse(""))
          .contains(file.toString(), mode, "secrets rotate");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(Keyring.load(folder, Map.of()).currentId()).isEqualTo(id);
  }

  @Test
  void isNotMadeAnewBesideSecretsOfAnotherKey() {
    String id = Keyring.load(folder.resolve("lost"), Map.of()).currentId();
    String sealed = TestSecrets.in(folder.resolve("lost")).sealText("sesame");
    try (Database database = TestStore.open(dialect, folder)) {
      database.change(tx -> Keyring.refuseLost(folder, Map.of(), tx));
      database.change(tx -> tx.execute("INSERT INTO setting VALUES ('a', ?)", sealed));
      assertThatThrownBy(() -> database.change(tx -> Keyring.refuseLost(folder, Map.of(), tx)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(id)
          .hasMessageContaining(folder.resolve("secret.key").toString());
      Map<String, String> given = Map.of("MILLRACE_SECRET_KEY", "correct horse battery staple");
      database.change(tx -> Keyring.refuseLost(folder, given, tx));
    }
    assertThat(folder.resolve("secret.key")).doesNotExist();
  }
}
