package io.millrace.testkit.contract;

import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Bytes;
import io.millrace.testkit.arrow.Special;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A type and the values of it that are most often spoilt. Null is not among them: the suites add it
 * to each.
 *
 * @param type the logical type
 * @param values values of the classes that {@link io.millrace.testkit.arrow.Row} lists
 */
public record TypeCase(LogicalType type, List<Object> values) {
  public TypeCase {
    values = List.copyOf(values);
  }

  @Override
  public String toString() {
    return type.display();
  }

  /** Returns a case for every type of the lattice. */
  public static List<TypeCase> all() {
    List<TypeCase> cases = new ArrayList<>(numbers());
    cases.addAll(times());
    cases.addAll(texts());
    cases.addAll(nested());
    return cases;
  }

  private static List<TypeCase> numbers() {
    return List.of(
        of(new LogicalType.Bool(), true, false),
        of(new LogicalType.Int(8), 0L, -128L, 127L),
        of(new LogicalType.Int(16), 0L, -32_768L, 32_767L),
        of(new LogicalType.Int(32), 0L, -2_147_483_648L, 2_147_483_647L),
        of(
            new LogicalType.Int(64),
            0L,
            9_007_199_254_740_993L,
            Long.MIN_VALUE,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE),
        of(
            new LogicalType.Real(32),
            0f,
            -0f,
            0.1f,
            Float.MIN_VALUE,
            Float.MAX_VALUE,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY),
        of(
            new LogicalType.Real(64),
            0d,
            -0d,
            0.1,
            1e-300,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY),
        of(
            new LogicalType.Decimal(15, 2),
            new BigDecimal("0.00"),
            new BigDecimal("-0.01"),
            new BigDecimal("9999999999999.99"),
            new BigDecimal("-9999999999999.99")),
        of(
            new LogicalType.Decimal(38, 0),
            new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE)),
            new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE).negate()),
            Special.NAN),
        of(
            new LogicalType.Decimal(38, 37),
            new BigDecimal("9." + "9".repeat(37)),
            new BigDecimal("-0." + "0".repeat(36) + "1")));
  }

  private static List<TypeCase> times() {
    return List.of(
        of(
            new LogicalType.Date(),
            LocalDate.EPOCH,
            LocalDate.of(2024, 2, 29),
            LocalDate.of(1582, 10, 10),
            LocalDate.of(1, 1, 1),
            LocalDate.of(0, 12, 31),
            LocalDate.of(-43, 3, 15),
            LocalDate.of(9999, 12, 31),
            LocalDate.of(10_000, 1, 1),
            Special.INFINITY,
            Special.MINUS_INFINITY),
        of(
            new LogicalType.Time(),
            LocalTime.MIDNIGHT,
            LocalTime.of(12, 34, 56, 789_012_000),
            LocalTime.of(23, 59, 59, 999_999_000),
            Special.END_OF_DAY),
        of(
            new LogicalType.Timestamp(),
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
            LocalDateTime.of(2024, 3, 31, 2, 30),
            LocalDateTime.of(1, 1, 1, 0, 0),
            LocalDateTime.of(-43, 3, 15, 12, 0, 0, 1_000),
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
            Special.INFINITY,
            Special.MINUS_INFINITY),
        of(
            new LogicalType.TimestampTz(),
            Instant.EPOCH,
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.parse("2024-10-27T01:30:00.000001Z"),
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("-0043-03-15T12:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"),
            Special.INFINITY,
            Special.MINUS_INFINITY));
  }

  private static List<TypeCase> texts() {
    return List.of(
        of(
            new LogicalType.Text(),
            "",
            " ",
            "NULL",
            "null",
            "NA",
            "\\N",
            "007",
            "two\nlines\r\n\"quoted\", 'single' \\ back; tab\t|",
            "İıŞ ß 表 🚀 e\u0301",
            "nul \u0000 inside",
            "\uFEFFmark",
            "x".repeat(10_000)),
        of(
            new LogicalType.Binary(),
            Bytes.of(new byte[0]),
            new Bytes("00"),
            new Bytes("00ff5c78270a0d22"),
            Bytes.of(new byte[3_000])),
        of(
            new LogicalType.Json(),
            "null",
            "{}",
            "[]",
            "\"text\"",
            "{\"a\": {\"b\": [1, 2.50, null, \"İ🚀\\\"\"]}, \"n\": 12345678901234567890.123456789}"),
        of(
            new LogicalType.Uuid(),
            new UUID(0, 0),
            new UUID(-1, -1),
            UUID.fromString("f47ac10b-58cc-4372-a567-0e02b2c3d479")));
  }

  private static List<TypeCase> nested() {
    return List.of(
        of(
            new LogicalType.ListOf(new LogicalType.Int(32)),
            List.of(),
            List.of(1L),
            items(1L, null, -3L)),
        of(
            new LogicalType.ListOf(new LogicalType.Text()),
            List.of(""),
            items("NULL", null, "a,b", "{\"}", "🚀")),
        of(
            new LogicalType.ListOf(new LogicalType.ListOf(new LogicalType.Int(64))),
            List.of(List.of(1L, 2L), List.of(3L, 4L))),
        of(
            new LogicalType.Struct(
                List.of(
                    new LogicalType.Part("name", new LogicalType.Text()),
                    new LogicalType.Part("size", new LogicalType.Int(64)))),
            struct("a\"b", 1L),
            struct(null, Long.MIN_VALUE)),
        of(new LogicalType.Vector(3), List.of(0f, -1.5f, 3.4e38f)));
  }

  private static TypeCase of(LogicalType type, Object... values) {
    return new TypeCase(type, List.of(values));
  }

  private static List<@Nullable Object> items(@Nullable Object... items) {
    List<@Nullable Object> list = new ArrayList<>();
    Collections.addAll(list, items);
    return Collections.unmodifiableList(list);
  }

  private static Map<String, @Nullable Object> struct(@Nullable String name, long size) {
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    parts.put("name", name);
    parts.put("size", size);
    return Collections.unmodifiableMap(parts);
  }
}
