package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.LogicalType.ListOf;
import io.millrace.spi.type.LogicalType.Part;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value is read from JSON, written as the same JSON, and written as text. */
class RoundTripTest {
  private static final LogicalType DECIMAL = new LogicalType.Decimal(38, 10);
  private static final LogicalType REAL = new LogicalType.Real(64);
  private static final LogicalType SINGLE = new LogicalType.Real(32);
  private static final LogicalType DATE = new LogicalType.Date();
  private static final LogicalType TIME = new LogicalType.Time();
  private static final LogicalType STAMP = new LogicalType.Timestamp();
  private static final LogicalType INSTANT = new LogicalType.TimestampTz();
  private static final LogicalType TEXT = new LogicalType.Text();
  private static final LogicalType JSON = new LogicalType.Json();
  private static final LogicalType BINARY = new LogicalType.Binary();

  static Stream<Arguments> values() {
    return Stream.of(numbers(), decimals(), floats(), moments(), texts(), nested())
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> numbers() {
    return Stream.of(
        of(new LogicalType.Bool(), "true", "true"),
        of(new LogicalType.Bool(), "false", "false"),
        of(new LogicalType.Int(8), "-128", "-128"),
        of(new LogicalType.Int(8), "127", "127"),
        of(new LogicalType.Int(16), "-32768", "-32768"),
        of(new LogicalType.Int(32), "2147483647", "2147483647"),
        of(new LogicalType.Int(64), "9223372036854775807", "9223372036854775807"),
        of(new LogicalType.Int(64), "-9223372036854775808", "-9223372036854775808"),
        of(new LogicalType.Int(64), "999999999999999999", "999999999999999999"),
        of(new LogicalType.Int(64), "0", "0"),
        of(new LogicalType.Int(64), "null", "null"));
  }

  private static Stream<Arguments> decimals() {
    LogicalType whole = new LogicalType.Decimal(38, 0);
    LogicalType fraction = new LogicalType.Decimal(38, 38);
    String digits38 = "12345678901234567890123456789012345678";
    return Stream.of(
        of(DECIMAL, "0.0000000000", "0.0000000000"),
        of(DECIMAL, "-0.0000000001", "-0.0000000001"),
        of(DECIMAL, "922337203.6854775808", "922337203.6854775808"),
        of(DECIMAL, "-922337203.6854775808", "-922337203.6854775808"),
        of(
            DECIMAL,
            "-9999999999999999999999999999.9999999999",
            "-9999999999999999999999999999.9999999999"),
        of(DECIMAL, "\"NaN\"", "NaN"),
        of(whole, digits38, digits38),
        of(whole, "-9223372036854775808", "-9223372036854775808"),
        of(whole, "0", "0"),
        of(fraction, "0." + digits38, "0." + digits38),
        of(new LogicalType.Decimal(4, 2), "-0.05", "-0.05"),
        of(new LogicalType.Decimal(4, 2), "99.99", "99.99"));
  }

  private static Stream<Arguments> floats() {
    return Stream.of(
        of(REAL, "0.0", "0"),
        of(REAL, "-0.0", "-0"),
        of(REAL, "0.1", "0.1"),
        of(REAL, "123456.789", "123456.789"),
        of(REAL, "1.0E14", "100000000000000"),
        of(REAL, "1.0E15", "1e+15"),
        of(REAL, "1.5E-4", "0.00015"),
        of(REAL, "1.0E-5", "1e-05"),
        of(REAL, "1.7976931348623157E308", "1.7976931348623157e+308"),
        of(REAL, "4.9E-324", "5e-324"),
        of(REAL, "9.9E-324", "1e-323"),
        of(REAL, "2.2250738585072014E-308", "2.2250738585072014e-308"),
        of(REAL, "0.30000000000000004", "0.30000000000000004"),
        of(REAL, "\"NaN\"", "NaN"),
        of(REAL, "\"-Infinity\"", "-Infinity"),
        of(SINGLE, "0.1", "0.1"),
        of(SINGLE, "100000.0", "100000"),
        of(SINGLE, "1000000.0", "1e+06"),
        of(SINGLE, "3.4028235E38", "3.4028235e+38"),
        of(SINGLE, "1.4E-45", "1e-45"),
        of(SINGLE, "\"Infinity\"", "Infinity"));
  }

  private static Stream<Arguments> moments() {
    return Stream.of(
        of(DATE, "\"2025-10-16\"", "2025-10-16"),
        of(DATE, "\"1970-01-01\"", "1970-01-01"),
        of(DATE, "\"2000-02-29\"", "2000-02-29"),
        of(DATE, "\"0001-01-01\"", "0001-01-01"),
        of(DATE, "\"0001-12-31 BC\"", "0001-12-31 BC"),
        of(DATE, "\"0044-03-15 BC\"", "0044-03-15 BC"),
        of(DATE, "\"4713-11-24 BC\"", "4713-11-24 BC"),
        of(DATE, "\"9999-12-31\"", "9999-12-31"),
        of(DATE, "\"5874897-12-31\"", "5874897-12-31"),
        of(DATE, "\"infinity\"", "infinity"),
        of(DATE, "\"-infinity\"", "-infinity"),
        of(TIME, "\"00:00:00.000000\"", "00:00:00"),
        of(TIME, "\"24:00:00.000000\"", "24:00:00"),
        of(TIME, "\"23:59:59.999999\"", "23:59:59.999999"),
        of(TIME, "\"12:00:00.120000\"", "12:00:00.12"),
        of(STAMP, "\"2025-10-16T12:00:00.123456\"", "2025-10-16 12:00:00.123456"),
        of(STAMP, "\"1969-12-31T23:59:59.999999\"", "1969-12-31 23:59:59.999999"),
        of(STAMP, "\"0044-03-15 12:00:00.5 BC\"", "0044-03-15 12:00:00.5 BC"),
        of(STAMP, "\"infinity\"", "infinity"),
        of(STAMP, "\"294246-12-31T23:59:59.999999\"", "294246-12-31 23:59:59.999999"),
        of(INSTANT, "\"2025-10-16T12:00:00.123456Z\"", "2025-10-16 12:00:00.123456+00"),
        of(INSTANT, "\"0001-01-01T00:00:00.000000Z\"", "0001-01-01 00:00:00+00"),
        of(INSTANT, "\"0044-03-15 12:00:00+00 BC\"", "0044-03-15 12:00:00+00 BC"),
        of(INSTANT, "\"-infinity\"", "-infinity"));
  }

  private static Stream<Arguments> texts() {
    String uuid = "123e4567-e89b-12d3-a456-42661417400f";
    return Stream.of(
        of(TEXT, "\"\"", ""),
        of(TEXT, "\"ı İ ğ 😀 漢\"", "ı İ ğ 😀 漢"),
        of(TEXT, "\"\\u0000\\u0001\\u001f\"", "\u0000\u0001\u001f"),
        of(TEXT, "\"a\\\"b\\\\c\\n\\r\\t\\b\\f/\"", "a\"b\\c\n\r\t\b\f/"),
        of(TEXT, "\"\\u007f\"".replace("\\u007f", "\u007f"), "\u007f"),
        of(BINARY, "\"\\\\x\"", "\\x"),
        of(BINARY, "\"\\\\x00\"", "\\x00"),
        of(BINARY, "\"\\\\x00ff\"", "\\x00ff"),
        of(BINARY, "\"\\\\x00ff7f\"", "\\x00ff7f"),
        of(BINARY, "\"\\\\xfbffbffb\"", "\\xfbffbffb"),
        of(new LogicalType.Uuid(), "\"" + uuid + "\"", uuid),
        of(JSON, "{\"a\":[1,2.50,-0,1e400,{}],\"b\":null,\"c\":{\"d\":[]},\"a\":true}", null),
        of(JSON, "\"text \\\" \\u0000 😀\"", null),
        of(JSON, "12345678901234567890.1234567890", null),
        of(JSON, "[]", null),
        of(JSON, "[[],[[1]],\"x\",{\"y\":\"z\"}]", null));
  }

  private static Stream<Arguments> nested() {
    LogicalType struct =
        new LogicalType.Struct(
            List.of(new Part("a \"b\"", new LogicalType.Int(32)), new Part("t", TEXT)));
    return Stream.of(
        of(new ListOf(new LogicalType.Int(32)), "[1,null,-3]", null),
        of(new ListOf(new ListOf(TEXT)), "[[\"a\"],null,[],[\"b\",null]]", null),
        of(new ListOf(DECIMAL), "[1.5000000000]", null),
        of(struct, "{\"a \\\"b\\\"\":7,\"t\":null}", null),
        of(new ListOf(struct), "[{\"a \\\"b\\\"\":7,\"t\":\"x\"},null]", null),
        of(new LogicalType.Struct(List.of()), "{}", null),
        of(new LogicalType.Vector(3), "[1.0,0.1,-1.0E10]", "[1,0.1,-1e+10]"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void comesBackAsItWas(LogicalType type, String json, String text) {
    Batches.with(
        type,
        root -> {
          Batches.fill(root, List.of("null", json, json, "null"));
          for (int row = 1; row <= 2; row++) {
            assertThat(Batches.json(root, row)).isEqualTo(json);
            assertThat(Batches.text(root.getVector(0), row)).isEqualTo(text);
          }
          assertThat(Batches.json(root, 0)).isEqualTo("null");
          assertThat(Batches.json(root, 3)).isEqualTo("null");
        });
  }

  private static Arguments of(LogicalType type, String json, @Nullable String text) {
    return Arguments.of(type, json, text == null ? json : text);
  }
}
