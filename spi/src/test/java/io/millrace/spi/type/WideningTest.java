package io.millrace.spi.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.type.LogicalType.Bool;
import io.millrace.spi.type.LogicalType.Date;
import io.millrace.spi.type.LogicalType.Decimal;
import io.millrace.spi.type.LogicalType.Int;
import io.millrace.spi.type.LogicalType.Json;
import io.millrace.spi.type.LogicalType.ListOf;
import io.millrace.spi.type.LogicalType.Real;
import io.millrace.spi.type.LogicalType.Text;
import io.millrace.spi.type.LogicalType.Timestamp;
import io.millrace.spi.type.LogicalType.TimestampTz;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WideningTest {
  private static final List<LogicalType> SOME =
      List.of(
          new Bool(),
          new Int(8),
          new Int(32),
          new Int(64),
          new Real(32),
          new Real(64),
          new Decimal(15, 2),
          new Decimal(38, 0),
          new Decimal(38, 38),
          new Date(),
          new Timestamp(),
          new TimestampTz(),
          new Text(),
          new Json(),
          new ListOf(new Int(8)));

  @Test
  void isSymmetricAndKeepsEqualTypes() {
    for (LogicalType one : SOME) {
      assertThat(Widening.join(one, one)).isEqualTo(one);
      for (LogicalType other : SOME) {
        assertThat(Widening.join(one, other))
            .as("%s and %s", one, other)
            .isEqualTo(Widening.join(other, one));
      }
    }
  }

  @Test
  void isAssociativeUpToText() {
    for (LogicalType a : SOME) {
      for (LogicalType b : SOME) {
        LogicalType joined = Widening.join(a, b);
        assertThat(joined instanceof Text || Widening.join(joined, a).equals(joined))
            .as("%s and %s", a, b)
            .isTrue();
      }
    }
  }

  @Test
  void widensNumbersOnlyWhereEveryValueFits() {
    assertThat(Widening.join(new Int(32), new Real(64))).isEqualTo(new Real(64));
    assertThat(Widening.join(new Int(32), new Real(32))).isEqualTo(new Real(64));
    assertThat(Widening.join(new Int(64), new Real(64))).isEqualTo(new Text());
    assertThat(Widening.join(new Int(64), new Decimal(15, 2))).isEqualTo(new Decimal(21, 2));
    assertThat(Widening.join(new Decimal(10, 4), new Decimal(15, 2))).isEqualTo(new Decimal(17, 4));
    assertThat(Widening.join(new Decimal(38, 0), new Decimal(38, 38))).isEqualTo(new Text());
  }

  @Test
  void saysWhatIsAWidening() {
    assertThat(Widening.widens(new Int(8), new Int(64))).isTrue();
    assertThat(Widening.widens(new Int(64), new Int(8))).isFalse();
    assertThat(Widening.widens(new Int(64), new Text())).isFalse();
    assertThat(Widening.widens(new Date(), new Timestamp())).isTrue();
  }
}
