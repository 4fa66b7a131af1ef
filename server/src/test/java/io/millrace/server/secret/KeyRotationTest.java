package io.millrace.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.postgres.source.PostgresSourceDefinition;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.Rows;
import io.millrace.server.store.TestStore;
import io.millrace.server.workspace.SettingStore;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class KeyRotationTest {
  private static final SecretFields FIELDS = SecretFields.of(new PostgresSourceDefinition());
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private final Path folder;
  private final Path keyFile;
  private final Database database;
  private final SettingStore settings = new SettingStore();

  KeyRotationTest(Dialect dialect, @TempDir Path folder) {
    this.folder = folder;
    this.keyFile = folder.resolve("secret.key");
    database = TestStore.open(dialect, folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void encryptsEverySecretWithANewKey() throws IOException {
    String old = Keyring.load(folder, Map.of()).currentId();
    fill();
    KeyRotation.Result result = rotate(Map.of());
    assertThat(result.secrets()).isEqualTo(6);
    assertThat(result.resumed()).isFalse();
    assertThat(everything()).doesNotContain("v1:" + old).contains("v1:" + result.key());
    assertThat(keys()).hasSize(1);
    assertOpens(TestSecrets.in(folder));
  }

  @Test
  void goesOnAfterAKillBeforeTheStoreChanged() throws IOException {
    String old = Keyring.load(folder, Map.of()).currentId();
    fill();
    List<SealingKey> both = List.of(SealingKey.random(), KeyFile.in(folder).read().getFirst());
    KeyFile.in(folder).write(both);
    assertOpens(TestSecrets.in(folder));
    KeyRotation.Result result = rotate(Map.of());
    assertThat(result.resumed()).isTrue();
    assertThat(result.key()).isEqualTo(both.getFirst().id());
    assertThat(everything()).doesNotContain("v1:" + old);
    assertOpens(TestSecrets.in(folder));
  }

  @Test
  void goesOnAfterAKillBehindTheStoresChange() throws IOException {
    fill();
    String kept = Files.readString(keyFile);
    rotate(Map.of());
    Files.writeString(keyFile, Files.readString(keyFile) + kept);
    assertThat(rotate(Map.of()).resumed()).isTrue();
    assertThat(keys()).hasSize(1);
    assertOpens(TestSecrets.in(folder));
  }

  @Test
  void movesToTheKeyOfTheEnvironment() {
    fill();
    Map<String, String> environment = Map.of("MILLRACE_SECRET_KEY", KEY);
    KeyRotation.Result result = rotate(environment);
    assertThat(result.fromEnvironment()).isTrue();
    assertOpens(TestSecrets.in(folder.resolve("without a file"), environment));
  }

  @Test
  void changesNothingWhenOneSecretCannotBeOpened() throws IOException {
    fill();
    String foreign = TestSecrets.in(folder.resolve("elsewhere")).sealText("not ours");
    database.change(tx -> settings.put(tx, "foreign", foreign));
    String before = everything();
    String keysBefore = Files.readString(keyFile);
    assertThatThrownBy(() -> rotate(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Nothing was changed: setting foreign holds a secret");
    assertThat(everything()).isEqualTo(before);
    assertThat(Files.readString(keyFile)).isEqualTo(keysBefore);
  }

  @Test
  void emptiesLostSecretsWhenAsked() throws IOException {
    fill();
    Files.delete(keyFile);
    KeyRotation.Result result = new KeyRotation(database, folder, Map.of()).run(true);
    assertThat(result.lost()).isEqualTo(6);
    assertThat(everything()).doesNotContain("_secret", "sealed");
    assertThat(configuration()).contains("\"password\":\"\"", "\"host\":\"db\"");
  }

  private KeyRotation.Result rotate(Map<String, String> environment) {
    return new KeyRotation(database, folder, environment).run(false);
  }

  private void fill() {
    Secrets secrets = TestSecrets.in(folder);
    String configuration =
        Rows.text(
            secrets.seal(
                Documents.empty()
                    .put("host", "db")
                    .put("password", "sesame")
                    .set("ssl_mode", Documents.empty().put("client_key", "pem")),
                FIELDS));
    database.change(
        tx -> {
          settings.put(tx, "sealed", secrets.sealText("a signing key"));
          settings.put(tx, "plain", "{\"note\":\"v1: not one\"}");
          tx.execute("INSERT INTO workspace VALUES ('w', 'w', 'w', '{}', 1, 1, NULL)");
          tx.execute(
              "INSERT INTO actor VALUES ('a', 'w', 'source', 'd', 'n', ?, '{}', 1, 1, NULL)",
              configuration);
          tx.execute(
              "INSERT INTO actor VALUES ('b', 'w', 'destination', 'd', 'n', '{}', '{}', 1, 1,"
                  + " NULL)");
          tx.execute(
              "INSERT INTO connection (id, workspace_id, source_id, destination_id, name, status,"
                  + " schedule_type, schedule, namespace_definition, prefix, breaking_change,"
                  + " details, created_at, updated_at) VALUES ('c', 'w', 'a', 'b', 'n', 'active',"
                  + " 'manual', '{}', 'source', '', 0, '{}', 1, 1)");
          for (int position = 0; position < 2; position++) {
            tx.execute(
                "INSERT INTO connection_stream (connection_id, position, namespace, name,"
                    + " selected, stream, config) VALUES ('c', ?, '', ?, 1, '{}', ?)",
                position,
                "s" + position,
                Rows.text(
                    secrets.seal(
                        Documents.empty().put("key", "stream key " + position),
                        SecretFields.named(Set.of("key")))));
          }
          tx.execute(
              "INSERT INTO application VALUES ('k', 'n', 'admin', 'id', ?, 1)",
              secrets.sealText("client secret"));
        });
  }

  private void assertOpens(Secrets secrets) {
    assertThat(secrets.open(Rows.object(configuration())).at("/ssl_mode/client_key").asText())
        .isEqualTo("pem");
    assertThat(secrets.openText(text("SELECT value FROM setting WHERE name = 'sealed'")))
        .isEqualTo("a signing key");
    String config = text("SELECT config FROM connection_stream WHERE name = 's1'");
    assertThat(secrets.open(Rows.object(config)).path("key").asText()).isEqualTo("stream key 1");
    assertThat(secrets.openText(text("SELECT client_secret FROM application")))
        .isEqualTo("client secret");
  }

  private String configuration() {
    return text("SELECT configuration FROM actor WHERE id = 'a'");
  }

  private String everything() {
    return database.read(
        tx ->
            tx.createQuery(
                    "SELECT value FROM setting UNION ALL SELECT configuration FROM actor"
                        + " UNION ALL SELECT config FROM connection_stream UNION ALL SELECT client_secret FROM application ORDER BY 1")
                .mapTo(String.class)
                .list()
                .toString());
  }

  private String text(String query) {
    return database.read(tx -> tx.createQuery(query).mapTo(String.class).one());
  }

  private List<String> keys() throws IOException {
    return Files.readAllLines(keyFile).stream().filter(line -> !line.startsWith("#")).toList();
  }
}
