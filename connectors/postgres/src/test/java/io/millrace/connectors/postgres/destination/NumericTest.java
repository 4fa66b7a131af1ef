package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.NativeType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Decimals of every scale and size arrive digit by digit, from 128 bits and from text. */
@ExtendWith(AllocatorExtension.class)
final class NumericTest {
  private static final int VALUES = 400;

  @Test
  void decimalsOfEveryScaleArriveExactly(BufferAllocator allocator) throws Exception {
    Random random = new Random(5);
    try (Rig rig = new Rig(allocator, Map.of())) {
      for (int scale = 0; scale <= 38; scale += 1 + scale / 9) {
        Schema schema =
            new Schema(
                List.of(
                    Fields.of("n", new LogicalType.Int(32)),
                    Fields.of("v", new LogicalType.Decimal(38, scale)),
                    Fields.of(
                        "t",
                        new LogicalType.Text(),
                        true,
                        new NativeType("postgresql", "numeric"))));
        List<Row> rows = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
          BigDecimal value = value(random, scale);
          rows.add(Row.of((long) i, value, value.toPlainString()));
          expected.add(value.toPlainString() + "|" + value.toPlainString());
        }
        rig.load(rig.plan("t", schema, WriteMode.OVERWRITE, scale + 1), rows);
        assertThat(rig.query("SELECT v, t FROM t ORDER BY n")).isEqualTo(expected);
      }
    }
  }

  private static BigDecimal value(Random random, int scale) {
    int digits = 1 + random.nextInt(38);
    BigInteger unscaled = new BigInteger(140, random).mod(BigInteger.TEN.pow(digits));
    if (random.nextInt(4) == 0) {
      unscaled =
          BigInteger.TEN.pow(random.nextInt(38)).multiply(BigInteger.valueOf(random.nextInt(10)));
    }
    unscaled = unscaled.mod(BigInteger.TEN.pow(38));
    return new BigDecimal(random.nextBoolean() ? unscaled.negate() : unscaled, scale);
  }
}
