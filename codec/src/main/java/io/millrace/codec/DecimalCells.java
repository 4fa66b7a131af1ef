package io.millrace.codec;

import io.millrace.spi.type.SpecialValues;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.DecimalVector;

/** Decimals as plain digits; their NaN is text. */
final class DecimalCells extends Cells {
  private static final int WIDTH_BYTES = 16;

  private final ArrowBuf data;
  private final int scale;
  private final String nan;

  DecimalCells(DecimalVector vector, String nan) {
    super(vector);
    this.data = vector.getDataBuffer();
    this.scale = vector.getScale();
    this.nan = nan;
  }

  @Override
  public void write(int row, ByteSink out) {
    long at = (long) row * WIDTH_BYTES;
    long low = data.getLong(at);
    long high = data.getLong(at + Long.BYTES);
    if (high == low >> (Long.SIZE - 1)) {
      Digits.putScaled(out, low, scale);
    } else if (high == SpecialValues.DECIMAL_NAN_HIGH && low == SpecialValues.DECIMAL_NAN_LOW) {
      out.putAscii(nan);
    } else {
      byte[] bytes = ByteBuffer.allocate(WIDTH_BYTES).putLong(high).putLong(low).array();
      Digits.putScaled(out, new BigInteger(bytes), scale);
    }
  }
}
