package io.millrace.spi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  @Test
  void fillsInDefaults() {
    SampleConfig config = ConfigReader.read(SampleConfig.class, Map.of("host", "a"));

    assertThat(config)
        .isEqualTo(
            new SampleConfig(
                "a",
                5432,
                -1,
                0.5,
                List.of("public"),
                Optional.empty(),
                new SampleConfig.Prefer(),
                SampleConfig.Colour.LIGHT_RED,
                false,
                Map.of(),
                Optional.empty()));
  }

  @Test
  void readsEveryKindOfValue() {
    Map<String, Object> values = new HashMap<>();
    values.put("host", "a");
    values.put("port", 1);
    values.put("row_limit", Long.MIN_VALUE);
    values.put("share", new BigDecimal("0.25"));
    values.put("schemas", List.of("x", "y_z"));
    values.put("password", "p w");
    values.put("ssl_mode", Map.of("mode", "verify-ca", "ca_certificate", "---"));
    values.put("colour", "blue");
    values.put("verbose", true);
    values.put("labels", Map.of("I", "1"));
    values.put("credentials", Map.of("user", "u", "token", "t"));

    SampleConfig config = ConfigReader.read(SampleConfig.class, values);

    assertThat(config.rowLimit()).isEqualTo(Long.MIN_VALUE);
    assertThat(config.share()).isEqualTo(0.25);
    assertThat(config.schemas()).containsExactly("x", "y_z");
    assertThat(config.password()).contains(new Secret("p w"));
    assertThat(config.sslMode()).isEqualTo(new SampleConfig.VerifyCa("---", Optional.empty()));
    assertThat(config.colour()).isEqualTo(SampleConfig.Colour.BLUE);
    assertThat(config.labels()).containsEntry("I", "1");
    assertThat(config.login()).contains(new SampleConfig.Login("u", new Secret("t")));
  }

  @Test
  void takesTextWhereItParses() {
    SampleConfig config =
        ConfigReader.read(
            SampleConfig.class,
            Map.of(
                "host",
                "a",
                "port",
                "6543",
                "row_limit",
                " 7 ",
                "share",
                "1e-2",
                "verbose",
                "TRUE",
                "schemas",
                "x, y",
                "ssl_mode",
                "prefer",
                "colour",
                "blue"));

    assertThat(config.port()).isEqualTo(6543);
    assertThat(config.rowLimit()).isEqualTo(7);
    assertThat(config.share()).isEqualTo(0.01);
    assertThat(config.verbose()).isTrue();
    assertThat(config.schemas()).containsExactly("x", "y");
  }

  @Test
  void textStandsInForNothingElseWhereTheCallerSaysSo() {
    Map<String, Object> values =
        Map.of(
            "host",
            "h",
            "port",
            "5433",
            "row_limit",
            7,
            "share",
            "0.25",
            "schemas",
            "x, y",
            "ssl_mode",
            "prefer",
            "verbose",
            "true");
    assertThat(ConfigReader.problems(SampleConfig.class, values)).isEmpty();
    assertThat(ConfigReader.problems(SampleConfig.class, values, path -> path.equals("$.share")))
        .extracting(ConfigProblem::line)
        .containsExactly(
            "$.port: expected a whole number from 1 to 65535 (without quotes), found \"5433\"",
            "$.schemas: expected a list with at least 1 items of text that matches [a-z_]+,"
                + " found \"x, y\"",
            "$.ssl_mode: expected an object whose \"mode\" is one of \"prefer\", \"verify-ca\","
                + " found \"prefer\"",
            "$.verbose: expected true or false (without quotes), found \"true\"");
  }

  @Test
  void takesWholeNumbersOfAnyKindAndNoOthers() {
    for (Object seven : List.of(7, 7L, 7.0, new BigDecimal("0.7e1"), BigInteger.valueOf(7), "7")) {
      assertThat(problemsOf("port", seven)).isEmpty();
    }
    BigInteger beyondLong = BigInteger.ONE.shiftLeft(63);
    for (Object wrong :
        Arrays.asList(7.5, 0, 65536, beyondLong, new BigDecimal("1e999999999"), "7.0", "", true)) {
      assertThat(problemsOf("port", wrong)).hasSize(1);
    }
    assertThat(problemsOf("row_limit", beyondLong)).hasSize(1);
    assertThat(problemsOf("share", "NaN")).hasSize(1);
    assertThat(problemsOf("share", Double.NaN)).hasSize(1);
  }

  @Test
  void namesEveryProblemInOneException() {
    Map<String, Object> values = new HashMap<>();
    values.put("hots", "a");
    values.put("port", "abc");
    values.put("password", "pw");
    values.put("pass", 17);
    values.put("ssl_mode", Map.of("mode", "verify_ca", "ca_certificate", "---"));
    values.put("colour", "lightred");
    values.put("schemas", List.of("ok", "Not Ok"));
    values.put("credentials", Map.of("user", "u", "tokn", "secret-token"));
    values.put("labels", Map.of("a b", 1));

    assertThatThrownBy(() -> ConfigReader.read(SampleConfig.class, values))
        .isInstanceOfSatisfying(
            ConfigException.class, e -> assertThat(e.code()).isEqualTo("config_invalid"))
        .hasMessage(
            """
            $.hots: is not a known key (did you mean "host"?)
            $.host: is required: text (Host, such as db.example.com)
            $.port: expected a whole number from 1 to 65535, found "abc"
            $.schemas[1]: expected text that matches [a-z_]+, found "Not Ok"
            $.pass: says the same as "password": keep one
            $.password: expected text that matches .{3,}, found **********
            $.ssl_mode.mode: expected one of "prefer", "verify-ca" (did you mean "verify-ca"?), found "verify_ca"
            $.colour: expected one of "light-red", "blue" (did you mean "light-red"?), found "lightred"
            $.labels['a b']: expected text, found 1
            $.credentials.tokn: is not a known key (did you mean "token"?)
            $.credentials.token: is required: text (Token)""");
  }

  @Test
  void takesAliasesAndNulls() {
    Map<String, Object> values = new HashMap<>();
    values.put("host", "a");
    values.put("pass", "word");
    values.put("password", null);
    values.put("port", null);

    SampleConfig config = ConfigReader.read(SampleConfig.class, values);

    assertThat(config.password()).contains(new Secret("word"));
    assertThat(config.port()).isEqualTo(5432);
  }

  @Test
  void putsTheRefusalOfAConstructorAtItsObject() {
    assertThat(problemsOf("credentials", Map.of("user", " ", "token", "t")))
        .containsExactly(new ConfigProblem("$.credentials", null, "A login needs a user."));
    assertThat(ConfigReader.problems(SampleConfig.class, Map.of("host", "public")))
        .containsExactly(
            new ConfigProblem("$", null, "The host must not be called like a schema."));
  }

  @Test
  void asksForAChoiceThatIsMissingOrIncomplete() {
    assertThat(lines("ssl_mode", Map.of()))
        .containsExactly("$.ssl_mode.mode: is required: one of \"prefer\", \"verify-ca\"");
    assertThat(lines("ssl_mode", "verify-ca"))
        .containsExactly("$.ssl_mode.ca_certificate: is required: text (Certificate)");
    assertThat(lines("ssl_mode", "perfer"))
        .containsExactly(
            "$.ssl_mode: expected an object whose \"mode\" is one of \"prefer\", \"verify-ca\""
                + " (did you mean \"prefer\"?), found \"perfer\"");
    assertThat(lines("ssl_mode", List.of()))
        .containsExactly(
            "$.ssl_mode: expected an object whose \"mode\" is one of \"prefer\", \"verify-ca\","
                + " found an empty list");
  }

  @Test
  void refusesOtherThingsForText() {
    assertThat(lines("host", 2024))
        .containsExactly("$.host: expected text (in quotes), found 2024");
    assertThat(lines("credentials", "hunter2"))
        .containsExactly("$.credentials: expected an object, found **********");
    assertThat(lines("schemas", List.of()))
        .containsExactly(
            "$.schemas: expected a list with at least 1 items of text that matches [a-z_]+,"
                + " found an empty list");
    List<Object> withNull = new ArrayList<>();
    withNull.add(null);
    assertThat(lines("schemas", withNull))
        .containsExactly("$.schemas[0]: expected text that matches [a-z_]+, found null");
  }

  @Test
  void cutsWhatItShows() {
    assertThat(lines("port", "\uD83D\uDE00".repeat(200)).getFirst())
        .endsWith("\uD83D\uDE00...\"")
        .hasSizeLessThan(260);
    assertThat(lines("port", "a\nb").getFirst()).endsWith("found \"a b\"");
  }

  private static List<ConfigProblem> problemsOf(String key, Object value) {
    Map<String, Object> values = new HashMap<>(Map.of("host", "a"));
    values.put(key, value);
    return ConfigReader.problems(SampleConfig.class, values);
  }

  private static List<String> lines(String key, Object value) {
    return problemsOf(key, value).stream().map(ConfigProblem::line).toList();
  }

  record WithOptions(@Field(title = "Options", examples = "{\"a\": 1}") JsonText options) {}

  @Test
  void takesJsonAsTextOrAsTheValueItself() {
    Map<String, Object> object = Map.of("sep", ";");
    assertThat(ConfigReader.read(WithOptions.class, Map.of("options", "{}")).options().value())
        .isEqualTo("{}");
    assertThat(ConfigReader.read(WithOptions.class, Map.of("options", object)).options().value())
        .isEqualTo(object);
    assertThat(ConfigReader.problems(WithOptions.class, Map.of("options", 7)))
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.toString()).contains("JSON text, an object or a list"));
  }
}
