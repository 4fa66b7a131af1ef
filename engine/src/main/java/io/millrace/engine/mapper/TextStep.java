package io.millrace.engine.mapper;

import io.millrace.codec.ByteSink;
import io.millrace.codec.Cells;
import io.millrace.codec.TextForm;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Puts a text made of each value's text form in a field's place. */
final class TextStep implements Step {
  private static final int TEXT_BYTES_GUESS = 64;
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final int column;
  private final Field output;
  private final TextOfText text;
  private final ByteSink value = new ByteSink(TEXT_BYTES_GUESS);
  private final ByteSink digits = new ByteSink(2 * TEXT_BYTES_GUESS);
  private final TextOfText.Output made = new TextOfText.Output();

  TextStep(int column, String outputField, TextOfText text) {
    this.column = column;
    this.output = Fields.of(outputField, new LogicalType.Text());
    this.text = text;
  }

  @Override
  public void apply(Frame frame) {
    VarCharVector filled = (VarCharVector) output.createVector(frame.allocator());
    try {
      fill(filled, frame);
    } catch (RuntimeException e) {
      filled.close();
      throw e;
    }
    frame.replace(column, filled);
  }

  private void fill(VarCharVector filled, Frame frame) {
    int rows = frame.rows();
    FieldVector source = frame.vector(column);
    Cells cells = TextForm.cells(source);
    filled.allocateNew((long) rows * TEXT_BYTES_GUESS, rows);
    for (int row = 0; row < rows; row++) {
      if (cells.isNull(row)) {
        continue;
      }
      value.clear();
      cells.write(row, value);
      try {
        hexadecimal(text.make(value.array(), value.size(), made));
        filled.setSafe(row, digits.array(), 0, digits.size());
      } catch (GeneralSecurityException e) {
        frame.nulled(output.getName(), row);
      }
    }
    filled.setValueCount(rows);
  }

  private void hexadecimal(int length) {
    digits.clear();
    byte[] room = digits.reserve(Math.multiplyExact(2, length));
    byte[] bytes = made.bytes();
    for (int i = 0; i < length; i++) {
      room[2 * i] = DIGITS[(bytes[i] >> 4) & 15];
      room[2 * i + 1] = DIGITS[bytes[i] & 15];
    }
    digits.advance(2 * length);
  }
}
