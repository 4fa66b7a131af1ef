package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.secret.Secrets;
import io.millrace.server.secret.TestSecrets;
import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.up.DataDirectory;
import io.millrace.server.up.Server;
import io.millrace.server.up.ServerSettings;
import io.millrace.server.workspace.SettingStore;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
  void aCopyFromBeforeARotationNeedsTheOldKey() throws Exception {
    DataDirectory data = new DataDirectory(folder.resolve("data"));
    try (Database database = Database.open(new DatabaseUrl.Sqlite(data.store()))) {
      database.change(
          tx -> new SettingStore().put(tx, "a", TestSecrets.in(data.root()).sealText("sesame")));
    }
    TestProgram program = new TestProgram(folder);
    assertThat(program.run("backup", "--data", "data", "--to", "a.db").code()).isZero();
    Path key = data.root().resolve("secret.key");
    String old = Files.readAllLines(key).getLast();
    assertThat(restored(program, data)).isEmpty();
    assertThat(program.run("secrets", "rotate", "--data", "data").code()).isZero();
    assertThat(restored(program, data))
        .contains("1 secret of the copy cannot be opened", "append its key to " + key);
    Files.writeString(key, old + "\n", StandardOpenOption.APPEND);
    assertThat(restored(program, data)).isEmpty();
    Files.delete(key);
    assertThat(restored(program, data)).contains("here is none");
    assertThat(key).doesNotExist();
  }

  /** Returns what a restoration says on stderr. */
  private static String restored(TestProgram program, DataDirectory data) throws IOException {
    Files.delete(data.store());
    TestProgram.Result result = program.run("restore", "a.db", "--data", "data");
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    return result.err();
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

  @Test
  void refusesWhileAServerWithAnotherDataDirectoryRunsOnThePostgresStore() throws Exception {
    PostgresServer postgres = PostgresServer.shared();
    String text =
        "postgresql://%s@%s:%d/%s"
            .formatted(
                PostgresServer.USER, PostgresServer.HOST, postgres.port(), postgres.newDatabase());
    DatabaseUrl url = DatabaseUrl.parse(text);
    DataDirectory data = new DataDirectory(folder.resolve("data"));
    String[] rotate = {"secrets", "rotate", "--data", "other", "--database", text};
    String sealed;
    try (Server _ = server(data, url);
        Database database = Database.open(url)) {
      sealed = TestSecrets.in(data.root()).sealText("sesame");
      database.change(tx -> new SettingStore().put(tx, "a", sealed));
      Path key = Files.createDirectory(folder.resolve("other")).resolve("secret.key");
      Files.copy(data.root().resolve("secret.key"), key);
      TestProgram.Result result = new TestProgram(folder).run(rotate);
      assertThat(result.code()).as(result.out()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("A server runs on the metadata store");
      assertThat(key).hasSameTextualContentAs(data.root().resolve("secret.key"));
      assertThat(kept(database)).isEqualTo(sealed);
    }
    assertThat(new TestProgram(folder).run(rotate).code()).isEqualTo(ExitCode.OK);
    try (Database database = Database.open(url)) {
      Secrets rotated = TestSecrets.in(folder.resolve("other"));
      assertThat(rotated.openText(kept(database))).isEqualTo("sesame");
    }
  }

  private static String kept(Database database) {
    return database.read(tx -> new SettingStore().find(tx, "a").orElseThrow());
  }

  private static Server server(DataDirectory data, DatabaseUrl url) {
    ServerSettings settings =
        new ServerSettings(
            data, url, new HttpSettings("127.0.0.1", List.of(0), null, null), Map.of());
    return Server.start(settings, ConnectorRegistry.load(), Clock.systemUTC());
  }
}
