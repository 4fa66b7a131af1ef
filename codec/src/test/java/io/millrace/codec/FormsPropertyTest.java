package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.type.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.junit.jupiter.api.Test;

/** Random values against what the JDK says of them. */
class FormsPropertyTest {
  private static final int ROUNDS = 20_000;
  private static final long SEED = 7;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final Random random = new Random(SEED);

  @Test
  void writesDaysAsTheCalendarSays() {
    Batches.with(
        new LogicalType.Date(),
        root -> {
          DateDayVector vector = (DateDayVector) root.getVector(0);
          for (int i = 0; i < ROUNDS; i++) {
            vector.setSafe(i, random.nextInt(4_000_000) - 2_500_000);
          }
          root.setRowCount(ROUNDS);
          Cells cells = TextForm.cells(vector);
          for (int i = 0; i < ROUNDS; i++) {
            LocalDate day = LocalDate.ofEpochDay(vector.get(i));
            String era = day.getYear() < 1 ? " BC" : "";
            assertThat(text(cells, i)).isEqualTo(DAY.format(day) + era);
          }
        });
  }

  @Test
  void writesMomentsAsTheCalendarSays() {
    Batches.with(
        new LogicalType.Timestamp(),
        root -> {
          TimeStampMicroVector vector = (TimeStampMicroVector) root.getVector(0);
          for (int i = 0; i < ROUNDS; i++) {
            vector.setSafe(i, random.nextLong(-62_000_000_000_000_000L, 250_000_000_000_000_000L));
          }
          root.setRowCount(ROUNDS);
          Cells cells = TextForm.cells(vector);
          for (int i = 0; i < ROUNDS; i++) {
            long micros = vector.get(i);
            LocalDateTime moment =
                LocalDateTime.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L),
                    (int) Math.floorMod(micros, 1_000_000L) * 1_000,
                    ZoneOffset.UTC);
            String expected = SECOND.format(moment).replaceAll("\\.?0+$", "");
            assertThat(text(cells, i).replaceAll("\\.?0+$", "")).isEqualTo(expected);
          }
        });
  }

  @Test
  void writesWholeAndDecimalNumbersExactly() {
    Batches.with(
        new LogicalType.Int(64),
        root -> {
          BigIntVector vector = (BigIntVector) root.getVector(0);
          for (int i = 0; i < ROUNDS; i++) {
            vector.setSafe(i, random.nextLong() >> random.nextInt(64));
          }
          root.setRowCount(ROUNDS);
          Cells cells = TextForm.cells(vector);
          for (int i = 0; i < ROUNDS; i++) {
            assertThat(text(cells, i)).isEqualTo(Long.toString(vector.get(i)));
          }
        });
    for (int scale : new int[] {0, 1, 18, 19, 38}) {
      decimals(scale);
    }
  }

  private void decimals(int scale) {
    Batches.with(
        new LogicalType.Decimal(38, scale),
        root -> {
          DecimalVector vector = (DecimalVector) root.getVector(0);
          for (int i = 0; i < 2_000; i++) {
            BigInteger digits = new BigInteger(random.nextInt(126), random);
            BigDecimal value = new BigDecimal(digits, scale);
            vector.setSafe(i, random.nextBoolean() ? value : value.negate());
          }
          root.setRowCount(2_000);
          Cells cells = TextForm.cells(vector);
          for (int i = 0; i < 2_000; i++) {
            BigDecimal value = Objects.requireNonNull(vector.getObject(i));
            assertThat(text(cells, i)).isEqualTo(value.toPlainString());
          }
        });
  }

  @Test
  void writesFloatsThatReadBack() {
    Batches.with(
        new LogicalType.Real(64),
        root -> {
          Float8Vector vector = (Float8Vector) root.getVector(0);
          for (int i = 0; i < ROUNDS; i++) {
            vector.setSafe(i, Double.longBitsToDouble(random.nextLong()));
          }
          root.setRowCount(ROUNDS);
          Cells cells = TextForm.cells(vector);
          for (int i = 0; i < ROUNDS; i++) {
            Double read = Double.valueOf(text(cells, i));
            assertThat(read).isEqualTo(Double.valueOf(vector.get(i)));
          }
        });
    Batches.with(
        new LogicalType.Real(32),
        root -> {
          Float4Vector vector = (Float4Vector) root.getVector(0);
          for (int i = 0; i < ROUNDS; i++) {
            vector.setSafe(i, Float.intBitsToFloat(random.nextInt()));
          }
          root.setRowCount(ROUNDS);
          Cells cells = TextForm.cells(vector);
          for (int i = 0; i < ROUNDS; i++) {
            Float read = Float.valueOf(text(cells, i));
            assertThat(read).isEqualTo(Float.valueOf(vector.get(i)));
          }
        });
  }

  private static String text(Cells cells, int row) {
    ByteSink sink = new ByteSink(0);
    cells.write(row, sink);
    return sink.toString();
  }
}
