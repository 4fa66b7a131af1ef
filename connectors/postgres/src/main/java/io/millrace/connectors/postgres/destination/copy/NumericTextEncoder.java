package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.vector.FieldVector;

/** Numbers of any size, carried as text, as {@code numeric}; see {@link NumericTextCheck}. */
final class NumericTextEncoder extends ColumnEncoder {
  private static final int HEADER_BYTES = 8;

  private final ByteValues values = new ByteValues();
  private final NumericText number = new NumericText();

  @Override
  void take(FieldVector vector) {
    values.take(vector);
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    if (!number.read(values.start(row), values.length(row))) {
      throw new IllegalStateException("A number was not checked: " + values.shown(row));
    }
    if (number.special()) {
      NumericDigits.putSpecial(number.sign(), out);
    } else {
      putDigits(out);
    }
  }

  private void putDigits(CopyBuffer out) throws SQLException {
    int wholeGroups = groups(number.wholeDigits());
    int fractionGroups = groups(number.fractionDigits());
    int groups = wholeGroups + fractionGroups;
    int length = HEADER_BYTES + groups * Short.BYTES;
    out.ensure(Integer.BYTES + length);
    out.putInt(length);
    out.putShort(groups);
    out.putShort(wholeGroups - 1);
    out.putShort(number.sign());
    out.putShort(number.fractionDigits());
    int first = number.wholeDigits() - wholeGroups * NumericDigits.BASE_DIGITS;
    for (int group = 0; group < groups; group++) {
      out.putShort(group(first + group * NumericDigits.BASE_DIGITS));
    }
  }

  /** Returns four digits as a number; beyond either end they are zero. */
  private int group(int from) {
    int last = number.wholeDigits() + number.fractionDigits();
    int value = 0;
    for (int index = from; index < from + NumericDigits.BASE_DIGITS; index++) {
      value = value * 10 + (index >= 0 && index < last ? number.digit(index) : 0);
    }
    return value;
  }

  private static int groups(int digits) {
    return (digits + NumericDigits.BASE_DIGITS - 1) / NumericDigits.BASE_DIGITS;
  }
}
