package io.millrace.connectors.files.source.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {
  private static final int ROUNDS = 20_000;

  /** A text with other bytes around it, which must not be looked at as part of it. */
  private static final class Padded {
    private final byte[] data;
    private final int from = 3;
    private final int to;

    private Padded(byte[] data, int to) {
      this.data = data;
      this.to = to;
    }

    static Padded of(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] data = new byte[bytes.length + 3 + Bytes.PADDING];
      Arrays.fill(data, (byte) '7');
      System.arraycopy(bytes, 0, data, 3, bytes.length);
      return new Padded(data, 3 + bytes.length);
    }
  }

  private static @Nullable Long integer(String text) {
    Padded p = Padded.of(text);
    long value = LongText.parse(p.data, p.from, p.to);
    boolean none = value == LongText.NONE && !LongText.isSmallest(p.data, p.from, p.to);
    return none ? null : value;
  }

  private static @Nullable BigDecimal decimal(String text, int precision, int scale) {
    Padded p = Padded.of(text);
    long value = DecimalText.parse(p.data, p.from, p.to, precision, scale);
    return value == DecimalText.NONE ? null : BigDecimal.valueOf(value, scale);
  }

  private static @Nullable BigDecimal longDecimal(String text, int precision, int scale) {
    Padded p = Padded.of(text);
    BigInteger value = DecimalText.parseLong(p.data, p.from, p.to, precision, scale);
    return value == null ? null : new BigDecimal(value, scale);
  }

  private static @Nullable LocalDate date(String text) {
    Padded p = Padded.of(text);
    int days = DateText.parse(p.data, p.from, p.to);
    return days == DateText.NONE ? null : LocalDate.ofEpochDay(days);
  }

  private static @Nullable LocalDateTime timestamp(String text) {
    Padded p = Padded.of(text);
    long micros = TimestampText.parseLocal(p.data, p.from, p.to);
    return micros == TimestampText.NONE
        ? null
        : LocalDateTime.ofInstant(instantOf(micros), ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(String text) {
    Padded p = Padded.of(text);
    long micros = TimestampText.parseInstant(p.data, p.from, p.to);
    return micros == TimestampText.NONE ? null : instantOf(micros);
  }

  private static Instant instantOf(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Test
  void parsesEveryLong() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ROUNDS; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(integer(Long.toString(value))).isEqualTo(value);
    }
    assertThat(integer("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(integer("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        "007",
        "00",
        "-0",
        "01",
        "1 ",
        " 1",
        "1.0",
        "1e3",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "99999999999999999999",
        "1/2",
        "1:2",
        "x",
        "12345678a",
        "a2345678",
        "123456789012345678a",
        "１"
      })
  void refusesWhatIsNoCanonicalInteger(String text) {
    assertThat(integer(text)).isNull();
  }

  @Test
  void parsesDecimalsExactly() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < ROUNDS; i++) {
      int scale = random.nextInt(0, 10);
      BigDecimal value =
          BigDecimal.valueOf(random.nextLong(-999_999_999_999_999_999L, 1L << 59), scale);
      assertThat(decimal(value.toPlainString(), 18, scale)).isEqualTo(value);
      assertThat(longDecimal(value.toPlainString(), 38, scale)).isEqualTo(value);
      assertThat(decimal(value.toPlainString(), 18, scale + 1))
          .isIn(value.setScale(scale + 1), null);
    }
    assertThat(decimal("0.5", 2, 2)).isEqualTo("0.50");
    assertThat(decimal("-0.00", 5, 2)).isEqualTo("0.00");
    assertThat(longDecimal("-99999999999999999999999999999999999999", 38, 0))
        .isEqualTo("-99999999999999999999999999999999999999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        ".5",
        "5.",
        "-.5",
        "00.5",
        "01.5",
        "1.234",
        "10000000000000000.0",
        "1.2.3",
        "1,5",
        "1e2",
        "NaN",
        "--1",
        "1.-2"
      })
  void refusesWhatIsNoFittingDecimal(String text) {
    assertThat(decimal(text, 18, 2)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "10", "-3.25"})
  void refusesDecimalsWithTooManyDigits(String text) {
    assertThat(decimal(text, 1, 1)).isNull();
    assertThat(longDecimal(text, 1, 1)).isNull();
  }

  @Test
  void parsesEveryDay() {
    for (LocalDate day = LocalDate.of(1, 1, 1); day.getYear() < 10_000; day = day.plusDays(13)) {
      assertThat(date(day.toString())).isEqualTo(day);
    }
    assertThat(date("2024-02-29")).isEqualTo("2024-02-29");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-02-29",
        "1900-02-29",
        "2024-00-01",
        "2024-13-01",
        "2024-01-00",
        "2024-01-32",
        "2024-04-31",
        "0000-01-01",
        "2024-1-1",
        "24-01-01",
        "2024/01/01",
        "20240101",
        "2024-01-01 ",
        "2024-01-0a",
        "-024-01-01",
        "2024-01:01"
      })
  void refusesWhatIsNoDay(String text) {
    assertThat(date(text)).isNull();
  }

  @Test
  void parsesTimestamps() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < ROUNDS; i++) {
      LocalDateTime at =
          LocalDateTime.ofEpochSecond(
              random.nextLong(-62_135_596_800L, 253_402_300_799L),
              random.nextInt(1_000_000) * 1_000,
              ZoneOffset.UTC);
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60);
      assertThat(timestamp(at.toString())).isEqualTo(at);
      assertThat(timestamp(at.toString().replace('T', ' '))).isEqualTo(at);
      assertThat(instant(at + zone.toString())).isEqualTo(OffsetDateTime.of(at, zone).toInstant());
    }
    assertThat(timestamp("2024-05-06")).isEqualTo("2024-05-06T00:00:00");
    assertThat(timestamp("2024-05-06 07:08")).isEqualTo("2024-05-06T07:08:00");
    assertThat(timestamp("2024-05-06 07:08:09.123456000")).isEqualTo("2024-05-06T07:08:09.123456");
    assertThat(instant("2024-05-06T07:08:09+02")).isEqualTo("2024-05-06T05:08:09Z");
    assertThat(instant("2024-05-06T07:08:09-0130")).isEqualTo("2024-05-06T08:38:09Z");
    assertThat(instant("2024-05-06 07:08Z")).isEqualTo("2024-05-06T07:08:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-05-06T24:00:00",
        "2024-05-06T23:60:00",
        "2024-05-06T23:59:60",
        "2024-05-06T1:00:00",
        "2024-05-06T01:00:00.",
        "2024-05-06T01:00:00.1234567",
        "2024-05-06_01:00:00",
        "2024-05-06T01:00:0",
        "2024-05-06T01",
        "2024-05-06T01:00:00.1234560001",
        "2024-05-06T",
        "2024-05-06T01:00.5",
        "2024-05-06T01:00:00Z",
        "2024-13-06T01:00:00",
        "2024-05-06T01-00-00"
      })
  void refusesWhatIsNoLocalTimestamp(String text) {
    assertThat(timestamp(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-05-06T01:00:00",
        "2024-05-06Z",
        "2024-05-06T01:00:00+2",
        "2024-05-06T01:00:00+19:00",
        "2024-05-06T01:00:00+02:60",
        "2024-05-06T01:00:00 UTC",
        "2024-05-06T01:00:00z",
        "2024-05-06T01:00:00+02:0",
        "2024-05-06T01:00:00+02.00"
      })
  void refusesWhatIsNoInstant(String text) {
    assertThat(instant(text)).isNull();
  }

  @Test
  void parsesFloatsToTheNearestNumber() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < ROUNDS; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isNaN(value)) {
        continue;
      }
      Padded p = Padded.of(Double.toString(value));
      assertThat(DoubleText.accepts(p.data, p.from, p.to)).isTrue();
      assertThat(DoubleText.parse(p.data, p.from, p.to)).isEqualTo(value);
      String text = random.nextInt(1_000_000) + "." + random.nextInt(1_000_000);
      Padded q = Padded.of(text);
      assertThat(DoubleText.parse(q.data, q.from, q.to)).isEqualTo(Double.parseDouble(text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e10", "-2.5E-7", "0.1", "3", "-0.0"})
  void acceptsFloats(String text) {
    Padded p = Padded.of(text);
    assertThat(DoubleText.accepts(p.data, p.from, p.to)).isTrue();
    assertThat(DoubleText.parse(p.data, p.from, p.to)).isEqualTo((Double) Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nan",
        "inf",
        "1e400",
        "0.12345678901234567890",
        "12345678901234567890",
        "0x1p3",
        "1d",
        "1f",
        ".5",
        "1e",
        "e5",
        "",
        "1 "
      })
  void refusesFloatsThatWouldComeBackChanged(String text) {
    Padded p = Padded.of(text);
    assertThat(DoubleText.accepts(p.data, p.from, p.to)).isFalse();
  }

  @Test
  void knowsBooleans() {
    for (String text : new String[] {"true", "false", "TRUE", "tru", "truex", "falsy", "t", ""}) {
      Padded p = Padded.of(text);
      int expected = text.equals("true") ? 1 : text.equals("false") ? 0 : -1;
      assertThat(BooleanText.parse(p.data, p.from, p.to)).as(text).isEqualTo(expected);
    }
  }

  @Test
  void tellsValidUtf8AsTheJdkDoes() {
    SplittableRandom random = new SplittableRandom(5);
    byte[] leads = {0x41, (byte) 0xC3, (byte) 0xE2, (byte) 0xED, (byte) 0xF0, (byte) 0xF4, -1};
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      for (int j = 0; j < bytes.length; j++) {
        int kind = random.nextInt(4);
        if (kind == 0) {
          bytes[j] = leads[random.nextInt(leads.length)];
        } else if (kind < 3) {
          bytes[j] = (byte) (0x80 | (bytes[j] & 0x3F));
        }
      }
      byte[] data = Arrays.copyOf(bytes, bytes.length + Bytes.PADDING);
      String decoded = new String(bytes, StandardCharsets.UTF_8);
      boolean valid = Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), bytes);
      assertThat(Utf8.valid(data, 0, bytes.length)).isEqualTo(valid);
    }
  }

  @Test
  void countsAndFindsBytes() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] data = new byte[random.nextInt(40) + Bytes.PADDING];
      for (int j = 0; j < data.length; j++) {
        data[j] = (byte) random.nextInt(-2, 3);
      }
      int to = data.length - Bytes.PADDING;
      int from = random.nextInt(to + 1);
      int count = 0;
      int first = to;
      for (int j = to - 1; j >= from; j--) {
        if (data[j] == 1) {
          count++;
          first = j;
        }
      }
      assertThat(Bytes.count(data, from, to, (byte) 1)).isEqualTo(count);
      assertThat(Bytes.indexOf(data, from, to, (byte) 1)).isEqualTo(first);
    }
  }
}
