package io.millrace.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.postgres.source.PostgresSourceDefinition;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
  private static final SecretFields FIELDS = SecretFields.of(new PostgresSourceDefinition());

  private final Path folder;
  private final Set<String> known = new HashSet<>();
  private Secrets secrets;

  SecretsTest(@TempDir Path folder) {
    this.folder = folder;
    this.secrets = load();
  }

  private Secrets load() {
    return new Secrets(Keyring.load(folder, Map.of()), known::addAll);
  }

  @Test
  void encryptsSecretsInTheirPlacesAndOpensThem() {
    ObjectNode plain =
        json(
            """
            {"host":"db","port":5432,"password":"sesame","username":"me",
             "tunnel_method":{"tunnel_method":"SSH_KEY_AUTH","tunnel_host":"gate","ssh_key":"A\\nB"}}
            """);
    ObjectNode stored = secrets.seal(plain, FIELDS);
    assertThat(stored.toString()).doesNotContain("sesame", "A\\nB").contains("gate", "5432");
    assertThat(stored.at("/password/_secret").asText()).matches("v1:[0-9a-f]{8}:[A-Za-z0-9+/=]+");
    assertThat(secrets.open(stored)).isEqualTo(plain);
    assertThat(known).containsExactlyInAnyOrder("sesame", "A\nB");
  }

  @Test
  void encryptsTheSameTextDifferentlyEachTime() {
    ObjectNode plain = json("{\"password\":\"sesame\"}");
    assertThat(secrets.seal(plain, FIELDS)).isNotEqualTo(secrets.seal(plain, FIELDS));
  }

  @Test
  void masksWithTenAsterisks() {
    ObjectNode stored =
        secrets.seal(
            json(
                "{\"username\":\"me\",\"password\":\"sesame\",\"tunnel_method\":{\"ssh_key\":\"k\"}}"),
            FIELDS);
    assertThat(secrets.mask(stored))
        .isEqualTo(
            json(
                "{\"username\":\"me\",\"password\":\"**********\","
                    + "\"tunnel_method\":{\"ssh_key\":\"**********\"}}"));
  }

  @Test
  void keepsTheStoredFormOfASecretThatHasNotChanged() {
    ObjectNode plain =
        json(
            "{\"host\":\"a\",\"password\":\"sesame\",\"tunnel_method\":{\"ssh_key\":\"k\"},"
                + "\"more\":[{\"id\":1,\"api_key\":\"x\"},{\"id\":2,\"api_key\":\"y\"}]}");
    ObjectNode stored = secrets.seal(plain, FIELDS);
    assertThat(secrets.merge(stored, plain)).isEqualTo(stored);
    ObjectNode other = plain.deepCopy().put("password", "Sesame");
    assertThat(secrets.merge(stored, other).path("password").asText()).isEqualTo("Sesame");
    assertThat(secrets.merge(stored, other).path("tunnel_method"))
        .isEqualTo(stored.path("tunnel_method"));
  }

  @Test
  void fillsMasksInFromWhatIsStored() {
    ObjectNode stored =
        secrets.seal(
            json("{\"host\":\"a\",\"password\":\"sesame\",\"ssl_mode\":{\"client_key\":\"k\"}}"),
            FIELDS);
    ObjectNode given =
        json(
            "{\"host\":\"b\",\"password\":\"**********\","
                + "\"ssl_mode\":{\"mode\":\"verify-ca\",\"client_key\":\"**********\"}}");
    assertThat(secrets.open(secrets.merge(stored, given)))
        .isEqualTo(
            json(
                "{\"host\":\"b\",\"password\":\"sesame\","
                    + "\"ssl_mode\":{\"mode\":\"verify-ca\",\"client_key\":\"k\"}}"));
  }

  @Test
  void takesANewSecretInThePlaceOfAnOldOne() {
    ObjectNode stored = secrets.seal(json("{\"password\":\"old\"}"), FIELDS);
    ObjectNode merged = secrets.merge(stored, json("{\"password\":\"new\"}"));
    assertThat(secrets.open(secrets.seal(merged, FIELDS)))
        .isEqualTo(json("{\"password\":\"new\"}"));
  }

  @Test
  void doesNotPutASecretWhereNoneWas() {
    ObjectNode stored = secrets.seal(json("{\"password\":\"sesame\",\"host\":\"a\"}"), FIELDS);
    ObjectNode merged = secrets.merge(stored, json("{\"host\":\"**********\"}"));
    assertThat(merged).isEqualTo(json("{\"host\":\"**********\"}"));
  }

  @Test
  void refusesAMaskThatHasNothingBehindIt() {
    ObjectNode merged =
        secrets.merge(Documents.empty(), json("{\"ssl_mode\":{\"client_key\":\"**********\"}}"));
    assertThatThrownBy(() -> secrets.seal(merged, FIELDS))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "ssl_mode.client_key is masked, and no secret is stored there; give the secret itself.");
  }

  @Test
  void keepsWhatItEncryptedAndRefusesWhatOnlyClaimsToBe() {
    ObjectNode stored = secrets.seal(json("{\"password\":\"sesame\"}"), FIELDS);
    assertThat(secrets.seal(stored, FIELDS)).isEqualTo(stored);
    String forged = "{\"password\":{\"_secret\":\"v1:00000000:AAAA\"},\"host\":{\"_secret\":1}}";
    assertThatThrownBy(() -> secrets.seal(json(forged), FIELDS))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("password: there is no field _secret")
        .hasMessageContaining("host: there is no field _secret");
  }

  @Test
  void keepsSecretsOfListsWithTheirElements() {
    ObjectNode stored =
        secrets.seal(
            json(
                """
                {"hosts":[{"name":"a","password":"one"},{"name":"b","password":"two"},
                          {"name":"c","password":"three"}]}
                """),
            FIELDS);
    ObjectNode given =
        json(
            """
            {"hosts":[{"name":"c","password":"**********"},{"name":"b","password":"**********"}]}
            """);
    assertThat(secrets.open(secrets.merge(stored, given)))
        .isEqualTo(
            json(
                "{\"hosts\":[{\"name\":\"c\",\"password\":\"three\"},{\"name\":\"b\",\"password\":\"two\"}]}"));
  }

  @Test
  void keepsTheSecretOfAnElementThatChangesInItsPlace() {
    ObjectNode stored =
        secrets.seal(json("{\"hosts\":[{\"name\":\"a\",\"password\":\"one\"}]}"), FIELDS);
    ObjectNode given =
        json(
            """
            {"hosts":[{"name":"new","password":"**********"},{"name":"d","password":"four"}]}
            """);
    assertThat(secrets.open(secrets.merge(stored, given)).at("/hosts/0/password").asText())
        .isEqualTo("one");
  }

  @Test
  void keepsListsOfSecretTexts() {
    ObjectNode stored = secrets.seal(json("{\"api_keys\":[\"one\",\"two\"]}"), FIELDS);
    assertThat(secrets.mask(stored))
        .isEqualTo(json("{\"api_keys\":[\"**********\",\"**********\"]}"));
    ObjectNode added = json("{\"api_keys\":[\"**********\",\"**********\",\"three\"]}");
    assertThat(secrets.open(secrets.merge(stored, added)))
        .isEqualTo(json("{\"api_keys\":[\"one\",\"two\",\"three\"]}"));
    ObjectNode taken = secrets.merge(stored, json("{\"api_keys\":[\"**********\"]}"));
    assertThatThrownBy(() -> secrets.seal(taken, FIELDS)).hasMessageContaining("api_keys[0]");
  }

  @Test
  void keepsReferencesAsTheyAre() {
    ObjectNode given =
        json("{\"password\":\"${env:SHOP}\",\"ssl_mode\":{\"client_key\":\"${file:key.pem}\"}}");
    ObjectNode stored = secrets.seal(given, FIELDS);
    assertThat(stored).isEqualTo(given);
    assertThat(secrets.mask(stored)).isEqualTo(given);
    assertThat(secrets.merge(stored, given)).isEqualTo(given);
    assertThat(secrets.open(stored)).isEqualTo(given);
  }

  @Test
  void encryptsAReferenceThatSecretTextStandsBeside() {
    for (String text : Set.of("salt-${env:SHOP}", "${env:A}${env:B}", "$${env:A}")) {
      ObjectNode plain = Documents.empty().put("password", text);
      ObjectNode stored = secrets.seal(plain, FIELDS);
      assertThat(stored.at("/password/_secret").isTextual()).as(text).isTrue();
      assertThat(secrets.open(stored)).isEqualTo(plain);
    }
  }

  @Test
  void saysInOneSentenceWhichKeyIsMissing() throws IOException {
    ObjectNode stored = secrets.seal(json("{\"password\":\"sesame\"}"), FIELDS);
    Files.delete(folder.resolve(KeyFile.NAME));
    secrets = load();
    assertThatThrownBy(() -> secrets.open(stored))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching(
            "A secret in the store is encrypted with the key [0-9a-f]{8}, and this server has"
                + " [0-9a-f]{8}\\. Put that key back \\(.*\\), or enter the secret again\\.");
  }

  @Test
  void noticesAChangedSecret() {
    String sealed = secrets.sealText("sesame");
    char last = sealed.charAt(40);
    String changed = sealed.substring(0, 40) + (last == 'A' ? 'B' : 'A') + sealed.substring(41);
    assertThat(secrets.openText(sealed)).isEqualTo("sesame");
    assertThatThrownBy(() -> secrets.openText(changed))
        .hasMessageContaining("changed from outside");
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) Documents.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
