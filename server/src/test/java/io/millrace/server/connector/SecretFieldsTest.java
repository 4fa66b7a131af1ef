package io.millrace.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.postgres.source.PostgresSourceDefinition;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.UriForm;
import io.millrace.spi.config.Choice;
import io.millrace.spi.config.Discriminator;
import io.millrace.spi.config.Field;
import io.millrace.spi.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SecretFieldsTest {
  private final SecretFields fields = SecretFields.of(new NestedDefinition());

  @Test
  void findsSecretsInListsSectionsAndChoices() {
    assertThat(List.of("pins", "word", "phrase")).allMatch(fields::has);
    assertThat(List.of("site", "token_url", "method", "accounts")).noneMatch(fields::has);
  }

  @Test
  void takesUnknownFieldsForSecretWhoseNamesSaySo() {
    for (String key :
        List.of("passwd", "client_secret", "apiKey", "privateKey", "access_token", "ssh_key")) {
      assertThat(fields.has(key)).as(key).isTrue();
    }
    for (String key : List.of("primary_key", "token_count", "passenger", "host")) {
      assertThat(fields.has(key)).as(key).isFalse();
    }
  }

  @Test
  void collectsSecretTextsWhereverTheyStand() {
    Map<String, Object> values =
        Map.of(
            "site", "here",
            "pins", List.of("1111", "2222"),
            "accounts", List.of(Map.of("user", "me", "word", "sesame")),
            "access", Map.of("method", "phrase", "phrase", "open it"));
    assertThat(fields.in(values)).containsExactlyInAnyOrder("1111", "2222", "sesame", "open it");
    assertThat(fields.without(values).toString()).doesNotContain("1111", "sesame", "open it");
  }

  @Test
  void knowsTheSecretsOfPostgres() {
    SecretFields postgres = SecretFields.of(new PostgresSourceDefinition());
    assertThat(List.of("password", "ssh_key", "tunnel_user_password")).allMatch(postgres::has);
    assertThat(List.of("host", "username", "tunnel_method", "ssl_mode")).noneMatch(postgres::has);
  }

  record Nested(
      @Field(title = "Site") String site,
      @Field(title = "Token URL") String tokenUrl,
      @Field(title = "Pins") List<Secret> pins,
      @Field(title = "Accounts") List<Account> accounts,
      @Field(title = "Access") Way access) {}

  record Account(@Field(title = "User") String user, @Field(title = "Word") Secret word) {}

  @Discriminator("method")
  sealed interface Way {
    @Choice(value = "phrase", title = "Phrase")
    record Phrase(@Field(title = "Phrase") Secret phrase) implements Way {}

    @Choice(value = "none", title = "None")
    record None() implements Way {}
  }

  private record NestedDefinition() implements SourceDefinition<Nested> {
    @Override
    public ConnectorInfo info() {
      return new ConnectorInfo("source-nested", new UUID(0, 1), "Nested", "Nested secrets.");
    }

    @Override
    public Class<Nested> configType() {
      return Nested.class;
    }

    @Override
    public UriForm uriForm() {
      return new UriForm(List.of("nested"), "nested:x", uri -> Map.of());
    }

    @Override
    public Source open(Nested config, ConnectorContext context) {
      throw new UnsupportedOperationException();
    }
  }
}
