package io.millrace.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyringTest {
  private static final String PASSPHRASE = "correct horse battery staple";
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @TempDir private Path folder;

  @Test
  void makesAKeyThatOnlyItsOwnerReads() throws IOException {
    String first = Keyring.load(folder, Map.of()).currentId();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("secret.key"))))
        .isEqualTo("rw-------");
    assertThat(Keyring.load(folder, Map.of()).currentId()).isEqualTo(first);
  }

  @Test
  void takesAKeyOrAPassphraseFromTheEnvironmentAndWritesNoFile() {
    for (String text : new String[] {KEY, PASSPHRASE}) {
      Keyring one = Keyring.load(folder, Map.of("MILLRACE_SECRET_KEY", text));
      Keyring other =
          Keyring.load(folder.resolve("elsewhere"), Map.of("MILLRACE_SECRET_KEY", text));
      assertThat(
              other.openText(one.seal("sesame".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
          .isEqualTo("sesame");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void opensWhatTheFilesKeySealedAfterTheKeyMovedToTheEnvironment() {
    String sealed = TestSecrets.in(folder).sealText("sesame");
    Secrets moved = TestSecrets.in(folder, Map.of("MILLRACE_SECRET_KEY", KEY));
    assertThat(moved.openText(sealed)).isEqualTo("sesame");
    Secrets changed =
        TestSecrets.in(
            folder.resolve("elsewhere"),
            Map.of("MILLRACE_SECRET_KEY", PASSPHRASE, "MILLRACE_SECRET_KEY_OLD", KEY));
    assertThat(changed.openText(moved.sealText("new"))).isEqualTo("new");
  }

  @Test
  void refusesAShortPassphraseWithoutRepeatingIt() {
    assertThatThrownBy(() -> Keyring.load(folder, Map.of("MILLRACE_SECRET_KEY", "hunter2")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("MILLRACE_SECRET_KEY is too short")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesADamagedFileWithoutRepeatingIt() throws IOException {
    Files.writeString(folder.resolve("secret.key"), "half a ke");
    assertThatThrownBy(() -> Keyring.load(folder, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is damaged")
        .hasMessageNotContaining("half a ke");
  }
}
