package io.millrace.engine.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.config.ConfigProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mappers as they are written. */
final class MapperReaderTest {
  private static final String KEY = "000102030405060708090a0b0c0d0e0f";

  private final MapperReader reader = new MapperReader();

  @Test
  void everyTypeIsRead() {
    List<Mapper> mappers =
        reader.list(
            "mappers",
            List.of(
                entry(
                    "hashing",
                    Map.of("targetField", "a", "method", "SHA-256", "fieldNameSuffix", "_h")),
                entry("field-renaming", Map.of("originalFieldName", "b", "newFieldName", "c")),
                entry("field-filtering", Map.of("targetField", "d")),
                entry(
                    "row-filtering",
                    Map.of("conditions", Map.of("type", "NOT", "conditions", List.of(equal())))),
                entry("encryption", aes(KEY, "GCM", "NoPadding"))));

    assertThat(reader.problems()).isEmpty();
    assertThat(mappers.get(0)).isEqualTo(new Mapper.Hashing("a", Mapper.Method.SHA_256, "_h"));
    assertThat(mappers.get(1)).isEqualTo(new Mapper.FieldRenaming("b", "c"));
    assertThat(mappers.get(2)).isEqualTo(new Mapper.FieldFiltering("d"));
    assertThat(mappers.get(3))
        .isEqualTo(
            new Mapper.RowFiltering(
                new Condition.Not(List.of(new Condition.Equal("city", "Oslo")))));
    assertThat(mappers.get(4).toString()).contains("GCM").doesNotContain(KEY);
  }

  @Test
  void aProblemNamesPathValueAndWhatWasExpected() {
    assertThat(
            problem(
                entry(
                    "hashing",
                    Map.of("targetField", "a", "method", "SHA256", "fieldNameSuffix", "_h"))))
        .startsWith("mappers[0].mapperConfiguration.method: expected one of \"MD2\", ")
        .contains("(did you mean \"SHA-256\"?), found \"SHA256\"");
    assertThat(problem(entry("hashin", Map.of())))
        .isEqualTo(
            "mappers[0].type: expected one of hashing, field-renaming, field-filtering,"
                + " row-filtering, encryption (did you mean \"hashing\"?), found \"hashin\"");
    assertThat(problem(entry("field-filtering", Map.of())))
        .startsWith("mappers[0].mapperConfiguration.targetField: is required");
    assertThat(
            problem(entry("row-filtering", Map.of("conditions", Map.of("type", "LIKE", "x", "y")))))
        .isEqualTo(
            "mappers[0].mapperConfiguration.conditions.type: expected EQUAL or NOT, found"
                + " \"LIKE\"");
    assertThat(problem(Map.of("type", "hashing")))
        .isEqualTo("mappers[0].mapperConfiguration: is required: an object");
  }

  @Test
  void aKeyThatIsNoneIsNotShown() {
    assertThat(problem(entry("encryption", aes("sesame", "CBC", "PKCS5Padding"))))
        .contains("32, 48 or 64 hexadecimal digits")
        .doesNotContain("sesame");
    assertThat(
            problem(
                entry(
                    "encryption",
                    Map.of(
                        "algorithm", "RSA",
                        "targetField", "a",
                        "fieldNameSuffix", "_x",
                        "publicKey", "abcd"))))
        .contains("is no RSA key");
  }

  @Test
  void aModeThatTakesNoPaddingIsSaid() {
    assertThat(problem(entry("encryption", aes(KEY, "GCM", "PKCS5Padding"))))
        .contains("the mode GCM takes values of any length; write NoPadding");
    assertThat(problem(entry("encryption", aes(KEY, "CTR", "PKCS5Padding"))))
        .contains("the mode CTR takes values of any length");
  }

  @Test
  void conditionsAreBounded() {
    Map<String, ?> condition = equal();
    for (int i = 0; i < 40; i++) {
      condition = Map.of("type", "NOT", "conditions", List.of(condition));
    }
    assertThat(problem(entry("row-filtering", Map.of("conditions", condition))))
        .contains("at most 32 deep");
  }

  private String problem(Map<String, ?> entry) {
    MapperReader fresh = new MapperReader();
    assertThat(fresh.list("mappers", List.of(entry))).isEmpty();
    List<ConfigProblem> problems = fresh.problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst().line();
  }

  private static Map<String, ?> equal() {
    return Map.of("type", "EQUAL", "fieldName", "city", "comparisonValue", "Oslo");
  }

  private static Map<String, ?> aes(String key, String mode, String padding) {
    return Map.of(
        "algorithm",
        "AES",
        "targetField",
        "a",
        "fieldNameSuffix",
        "_x",
        "key",
        key,
        "mode",
        mode,
        "padding",
        padding);
  }

  private static Map<String, ?> entry(String type, Map<String, ?> configuration) {
    return Map.of("type", type, "mapperConfiguration", configuration);
  }
}
