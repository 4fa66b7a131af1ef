package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.secret.TestSecrets;
import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.up.DataDirectory;
import io.millrace.server.workspace.SettingStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsCommandTest {
  @TempDir private Path folder;

  @Test
  void rotatesTheKeyOfAStoppedServer() {
    DataDirectory data = new DataDirectory(folder.resolve("data"));
    String sealed = TestSecrets.in(data.root()).sealText("sesame");
    DatabaseUrl url = new DatabaseUrl.Sqlite(data.store());
    try (Database database = Database.open(url)) {
      database.change(tx -> new SettingStore().put(tx, "a", sealed));
    }
    TestProgram.Result result = new TestProgram(folder).run("secrets", "rotate", "--data", "data");
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).matches("1 secret encrypted with the key [0-9a-f]{8}\\.\\s*");
    try (Database database = Database.open(url)) {
      String now = database.read(tx -> new SettingStore().find(tx, "a").orElseThrow());
      assertThat(now).isNotEqualTo(sealed);
      assertThat(TestSecrets.in(data.root()).openText(now)).isEqualTo("sesame");
    }
  }

  @Test
  void makesNothingWhereNoServerHasBeen() {
    TestProgram.Result result = new TestProgram(folder).run("secrets", "rotate", "--data", "dta");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("No server has kept anything in " + folder.resolve("dta"));
    assertThat(folder.resolve("dta")).doesNotExist();
  }

  @Test
  void refusesWhileAServerRuns() {
    DataDirectory data = new DataDirectory(folder.resolve("data"));
    try (AutoCloseable _ = data.lock()) {
      TestProgram.Result result =
          new TestProgram(folder).run("secrets", "rotate", "--data", "data");
      assertThat(result.code()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("runs on " + data.root() + " already");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
