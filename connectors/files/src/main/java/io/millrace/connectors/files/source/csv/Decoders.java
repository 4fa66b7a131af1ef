package io.millrace.connectors.files.source.csv;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import org.apache.arrow.vector.types.pojo.Field;

/** Chooses the decoder of a column, once per reader. */
final class Decoders {
  private Decoders() {}

  static ColumnDecoder of(int field, int column, Field arrowField, int rowsMax) {
    LogicalType type = Fields.typeOf(arrowField);
    return switch (type) {
      case LogicalType.Bool() -> new BooleanDecoder(field, column, arrowField, rowsMax);
      case LogicalType.Int(int bits) when bits == Long.SIZE ->
          new LongDecoder(field, column, arrowField, rowsMax);
      case LogicalType.Real(int bits) when bits == Double.SIZE ->
          new DoubleDecoder(field, column, arrowField, rowsMax);
      case LogicalType.Decimal decimal ->
          new DecimalDecoder(field, column, arrowField, rowsMax, decimal);
      case LogicalType.Date() -> new DateDecoder(field, column, arrowField, rowsMax);
      case LogicalType.Timestamp() -> new TimestampDecoder(field, column, arrowField, rowsMax);
      case LogicalType.TimestampTz() -> new InstantDecoder(field, column, arrowField, rowsMax);
      case LogicalType.Text() -> new TextDecoder(field, column, arrowField, rowsMax);
      default -> throw new IllegalArgumentException("A CSV column is never " + type.display());
    };
  }
}
