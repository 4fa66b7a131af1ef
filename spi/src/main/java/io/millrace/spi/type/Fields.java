package io.millrace.spi.type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** Turns logical types into Arrow fields and back. */
public final class Fields {
  private static final String TYPE_KEY = "millrace.type";
  private static final String SYSTEM_KEY = "millrace.native.system";
  private static final String NATIVE_KEY = "millrace.native.type";
  private static final String ITEM = "item";
  private static final int UUID_BYTES = 16;

  private Fields() {}

  /** Makes a field that may be null and has no native type. */
  public static Field of(String name, LogicalType type) {
    return of(name, type, true, null);
  }

  /** Makes a field. */
  public static Field of(
      String name, LogicalType type, boolean nullable, @Nullable NativeType nativeType) {
    Map<String, String> metadata = new LinkedHashMap<>();
    String label = label(type);
    if (label != null) {
      metadata.put(TYPE_KEY, label);
    }
    if (nativeType != null) {
      metadata.put(SYSTEM_KEY, nativeType.system());
      metadata.put(NATIVE_KEY, nativeType.name());
    }
    return new Field(
        name, new FieldType(nullable, arrowType(type), null, metadata), children(type));
  }

  /**
   * Returns the logical type of a field that {@link #of} made, or of any Arrow field of a type in
   * the lattice.
   *
   * @throws IllegalArgumentException when the lattice has no such type
   */
  public static LogicalType typeOf(Field field) {
    ArrowType type = field.getType();
    return switch (type) {
      case ArrowType.Bool ignored -> new LogicalType.Bool();
      case ArrowType.Int integer -> new LogicalType.Int(integer.getBitWidth());
      case ArrowType.FloatingPoint real ->
          new LogicalType.Real(real.getPrecision() == FloatingPointPrecision.SINGLE ? 32 : 64);
      case ArrowType.Decimal decimal ->
          new LogicalType.Decimal(decimal.getPrecision(), decimal.getScale());
      case ArrowType.Date ignored -> new LogicalType.Date();
      case ArrowType.Time ignored -> new LogicalType.Time();
      case ArrowType.Timestamp timestamp when timestamp.getTimezone() == null ->
          new LogicalType.Timestamp();
      case ArrowType.Timestamp ignored -> new LogicalType.TimestampTz();
      case ArrowType.Utf8 ignored when "json".equals(field.getMetadata().get(TYPE_KEY)) ->
          new LogicalType.Json();
      case ArrowType.Utf8 ignored -> new LogicalType.Text();
      case ArrowType.Binary ignored -> new LogicalType.Binary();
      case ArrowType.FixedSizeBinary ignored -> new LogicalType.Uuid();
      case ArrowType.List ignored -> new LogicalType.ListOf(typeOf(field.getChildren().getFirst()));
      case ArrowType.Struct ignored -> new LogicalType.Struct(parts(field));
      case ArrowType.FixedSizeList list -> new LogicalType.Vector(list.getListSize());
      default -> throw new IllegalArgumentException("No logical type for Arrow's " + type);
    };
  }

  /** Returns what the field is at its source, or null where nothing more is known. */
  public static @Nullable NativeType nativeTypeOf(Field field) {
    String system = field.getMetadata().get(SYSTEM_KEY);
    String name = field.getMetadata().get(NATIVE_KEY);
    if (system == null || name == null) {
      return null;
    }
    return new NativeType(system, name);
  }

  private static List<LogicalType.Part> parts(Field field) {
    List<LogicalType.Part> parts = new ArrayList<>();
    for (Field child : field.getChildren()) {
      parts.add(new LogicalType.Part(child.getName(), typeOf(child)));
    }
    return parts;
  }

  private static @Nullable String label(LogicalType type) {
    return switch (type) {
      case LogicalType.Json() -> "json";
      case LogicalType.Uuid() -> "uuid";
      case LogicalType.Vector(int ignored) -> "vector";
      default -> null;
    };
  }

  private static ArrowType arrowType(LogicalType type) {
    return switch (type) {
      case LogicalType.Bool() -> ArrowType.Bool.INSTANCE;
      case LogicalType.Int(int bits) -> new ArrowType.Int(bits, true);
      case LogicalType.Real(int bits) ->
          new ArrowType.FloatingPoint(
              bits == 32 ? FloatingPointPrecision.SINGLE : FloatingPointPrecision.DOUBLE);
      case LogicalType.Decimal(int precision, int scale) ->
          new ArrowType.Decimal(precision, scale, 128);
      case LogicalType.Date() -> new ArrowType.Date(DateUnit.DAY);
      case LogicalType.Time() -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
      case LogicalType.Timestamp() -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case LogicalType.TimestampTz() -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case LogicalType.Text(), LogicalType.Json() -> ArrowType.Utf8.INSTANCE;
      case LogicalType.Binary() -> ArrowType.Binary.INSTANCE;
      case LogicalType.Uuid() -> new ArrowType.FixedSizeBinary(UUID_BYTES);
      case LogicalType.ListOf(LogicalType ignored) -> ArrowType.List.INSTANCE;
      case LogicalType.Struct(List<LogicalType.Part> ignored) -> ArrowType.Struct.INSTANCE;
      case LogicalType.Vector(int dimension) -> new ArrowType.FixedSizeList(dimension);
    };
  }

  private static List<Field> children(LogicalType type) {
    return switch (type) {
      case LogicalType.ListOf(LogicalType element) -> List.of(of(ITEM, element));
      case LogicalType.Struct(List<LogicalType.Part> parts) ->
          parts.stream().map(part -> of(part.name(), part.type())).toList();
      case LogicalType.Vector(int ignored) -> List.of(of(ITEM, new LogicalType.Real(32)));
      default -> List.of();
    };
  }
}
