package io.millrace.codec.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.SpecialValues;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Rows beyond a system's limits are found and named, and no others. */
class RowGuardTest {
  private static final ValueLimits WIDE =
      new ValueLimits("Wide", true, true, -1_000_000, 1_000_000);
  private static final ValueLimits NARROW =
      new ValueLimits("Narrow", false, false, -1_000_000, 1_000_000);
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("day", new LogicalType.Date()),
              Fields.of("time", new LogicalType.Time()),
              Fields.of("at", new LogicalType.Timestamp())));

  private static List<String> rejected(ValueLimits limits) {
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator)) {
      int[] days = {0, SpecialValues.DATE_INFINITY, SpecialValues.DATE_MINUS_INFINITY, 1, 2};
      long[] times = {0, 1, 2, 86_400_000_000L, 4};
      long[] instants = {0, 1, 2, 3, SpecialValues.TIMESTAMP_INFINITY};
      for (int i = 0; i < days.length; i++) {
        ((BigIntVector) root.getVector("id")).setSafe(i, 100 + i);
        ((DateDayVector) root.getVector("day")).setSafe(i, days[i]);
        ((TimeMicroVector) root.getVector("time")).setSafe(i, times[i]);
        ((TimeStampMicroVector) root.getVector("at")).setSafe(i, instants[i]);
      }
      ((TimeStampMicroVector) root.getVector("at")).setSafe(5, 1_000_001);
      ((DateDayVector) root.getVector("day")).setSafe(6, Integer.MIN_VALUE);
      root.setRowCount(8);
      List<RejectedRow> rejected = new ArrayList<>();
      BitSet bad = new RowGuard(limits, root, List.of()).check(new RecordBatch(root, 0), rejected);
      assertThat(bad.cardinality()).isEqualTo(rejected.size());
      return rejected.stream().map(row -> row.position() + " " + row.column()).sorted().toList();
    }
  }

  @Test
  void limitsDecideWhatIsRefused() {
    assertThat(rejected(WIDE)).containsExactly("id=null at", "id=null day");
    assertThat(rejected(NARROW))
        .containsExactly(
            "id=101 day", "id=102 day", "id=103 time", "id=104 at", "id=null at", "id=null day");
  }

  @Test
  void decimalsHaveNoMoreDigitsThanTheirType() {
    for (int precision : new int[] {1, 9, 18, 19, 37, 38}) {
      BigInteger bound = BigInteger.TEN.pow(precision);
      Schema schema = new Schema(List.of(Fields.of("d", new LogicalType.Decimal(precision, 0))));
      try (BufferAllocator allocator = new RootAllocator();
          VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
        DecimalVector vector = (DecimalVector) root.getVector("d");
        List<BigInteger> values =
            List.of(
                bound.subtract(BigInteger.ONE),
                bound.subtract(BigInteger.ONE).negate(),
                bound,
                bound.negate(),
                BigInteger.ZERO);
        vector.allocateNew(8);
        for (int i = 0; i < values.size(); i++) {
          vector.setBigEndian(i, values.get(i).toByteArray());
        }
        vector.setBigEndian(
            5, BigInteger.valueOf(SpecialValues.DECIMAL_NAN_HIGH).shiftLeft(64).toByteArray());
        root.setRowCount(7);
        List<RejectedRow> rejected = new ArrayList<>();
        BitSet bad = new RowGuard(WIDE, root, List.of()).check(new RecordBatch(root, 0), rejected);
        assertThat(bad.stream()).as("precision " + precision).containsExactly(2, 3, 5);
      }
    }
  }
}
