package io.millrace.connectors.postgres.decode;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/** Chooses the writer of each column, once per schema. */
final class ColumnWriters {
  private static final int JSONB_VERSION_BYTES = 1;

  private ColumnWriters() {}

  /**
   * Returns the writer.
   *
   * @param jsonb the column arrives as {@code jsonb}, not as text
   */
  static ColumnWriter of(Field field, boolean jsonb, BufferAllocator allocator) {
    return switch (Fields.typeOf(field)) {
      case LogicalType.Bool() -> new BoolWriter(allocator);
      case LogicalType.Int(int bits) when bits == 16 -> new FixedWriters.Int2(allocator);
      case LogicalType.Int(int bits) when bits == 32 -> new FixedWriters.Bits4(allocator);
      case LogicalType.Int(int bits) when bits == 64 -> new FixedWriters.Bits8(allocator);
      case LogicalType.Real(int bits) when bits == 32 -> new FixedWriters.Bits4(allocator);
      case LogicalType.Real(int ignored) -> new FixedWriters.Bits8(allocator);
      case LogicalType.Decimal(int precision, int scale) ->
          new DecimalWriter(allocator, precision, scale);
      case LogicalType.Date() -> new FixedWriters.Date(allocator);
      case LogicalType.Time() -> new FixedWriters.Bits8(allocator);
      case LogicalType.Timestamp(), LogicalType.TimestampTz() ->
          new FixedWriters.Timestamp(allocator);
      case LogicalType.Text(), LogicalType.Binary() -> new BytesWriter(allocator, 0);
      case LogicalType.Json() -> new BytesWriter(allocator, jsonb ? JSONB_VERSION_BYTES : 0);
      case LogicalType.Uuid() -> new FixedWriters.Uuid(allocator);
      case LogicalType.Vector(int dimension) -> new VectorWriter(allocator, dimension);
      case LogicalType.Int ignored -> throw impossible(field);
      case LogicalType.ListOf ignored -> throw impossible(field);
      case LogicalType.Struct ignored -> throw impossible(field);
    };
  }

  private static IllegalArgumentException impossible(Field field) {
    return new IllegalArgumentException("PostgreSQL sends no column like " + field);
  }
}
