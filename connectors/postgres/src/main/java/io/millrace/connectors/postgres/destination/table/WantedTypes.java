package io.millrace.connectors.postgres.destination.table;

import io.millrace.connectors.postgres.destination.table.PgType.Family;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.NativeType;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Chooses the type of a new column: the field's own PostgreSQL type where it came from PostgreSQL
 * and the type exists here, else the one that holds every value of its logical type.
 */
final class WantedTypes {
  /** The system whose native types are taken as they are. */
  static final String SYSTEM = "postgresql";

  /** Identifiers of rows that Airbyte's tables keep as varchar. */
  private static final Set<String> VARCHAR_COLUMNS = Set.of("_airbyte_raw_id", "_airbyte_ab_id");

  private final TypeFinder finder;
  private final boolean numbersUnlimited;
  private final Consumer<String> notices;

  /**
   * Makes a chooser.
   *
   * @param numbersUnlimited decimals become {@code numeric} without a precision
   */
  WantedTypes(TypeFinder finder, boolean numbersUnlimited, Consumer<String> notices) {
    this.finder = finder;
    this.numbersUnlimited = numbersUnlimited;
    this.notices = notices;
  }

  PgType of(Field field) throws SQLException {
    LogicalType type = Fields.typeOf(field);
    NativeType nativeType = Fields.nativeTypeOf(field);
    if (nativeType != null && nativeType.system().equals(SYSTEM)) {
      Optional<PgType> own = own(field.getName(), type, nativeType.name());
      if (own.isPresent()) {
        return own.get();
      }
    }
    return VARCHAR_COLUMNS.contains(field.getName()) && type instanceof LogicalType.Text
        ? PgType.of(Family.VARCHAR)
        : usual(field.getName(), type);
  }

  private Optional<PgType> own(String field, LogicalType type, String name) throws SQLException {
    Optional<PgType> found = BuiltInNames.read(name);
    if (found.isEmpty()) {
      found = finder.find(name);
    }
    if (found.isEmpty() && type instanceof LogicalType.Text) {
      notices.accept(
          "The column " + field + " is text: its type `" + name + "` " + finder.whyNot(name) + ".");
    }
    return found.filter(candidate -> takes(candidate, type));
  }

  /** Tells whether a column of that type is a fit home for values of a logical type. */
  private static boolean takes(PgType own, LogicalType type) {
    Family family = own.family();
    return switch (type) {
      case LogicalType.Text() -> true;
      case LogicalType.Json() -> family == Family.JSON || family == Family.JSONB;
      case LogicalType.ListOf(_) -> family == Family.REAL_ARRAY || own.sql().endsWith("[]");
      case LogicalType.Int(int bits) ->
          family.intBits() >= bits || (family == Family.NUMERIC && !own.limited());
      case LogicalType.Decimal(int precision, int scale) ->
          family == Family.NUMERIC
              && (!own.limited()
                  || (own.scale() >= scale && own.size() - own.scale() >= precision - scale));
      case LogicalType.Real(int bits) ->
          family == Family.FLOAT8 || (family == Family.FLOAT4 && bits == 32);
      case LogicalType.Bool(),
          LogicalType.Date(),
          LogicalType.Time(),
          LogicalType.Timestamp(),
          LogicalType.TimestampTz(),
          LogicalType.Binary(),
          LogicalType.Uuid() ->
          family == usualFamily(type);
      case LogicalType.Vector(int dimension) ->
          family == Family.VECTOR && (!own.limited() || own.size() == dimension);
      case LogicalType.Struct _ -> false;
    };
  }

  private PgType usual(String field, LogicalType type) throws SQLException {
    return switch (type) {
      case LogicalType.Decimal(int precision, int scale) ->
          numbersUnlimited ? PgType.of(Family.NUMERIC) : PgType.numeric(precision, scale);
      case LogicalType.Vector(int dimension) -> vector(field, dimension);
      default -> PgType.of(usualFamily(type));
    };
  }

  private PgType vector(String field, int dimension) throws SQLException {
    Optional<PgType> own = finder.find("vector(" + dimension + ")");
    if (own.isPresent() && own.get().family() == Family.VECTOR) {
      return own.get();
    }
    notices.accept(
        "The extension pgvector is not installed here: the column " + field + " is real[].");
    return PgType.of(Family.REAL_ARRAY);
  }

  /** Returns the family that holds every value of a logical type. */
  static Family usualFamily(LogicalType type) {
    return switch (type) {
      case LogicalType.Bool() -> Family.BOOL;
      case LogicalType.Int(int bits) ->
          bits <= Short.SIZE ? Family.INT2 : bits == Integer.SIZE ? Family.INT4 : Family.INT8;
      case LogicalType.Real(int bits) -> bits == Float.SIZE ? Family.FLOAT4 : Family.FLOAT8;
      case LogicalType.Decimal _ -> Family.NUMERIC;
      case LogicalType.Date() -> Family.DATE;
      case LogicalType.Time() -> Family.TIME;
      case LogicalType.Timestamp() -> Family.TIMESTAMP;
      case LogicalType.TimestampTz() -> Family.TIMESTAMPTZ;
      case LogicalType.Text() -> Family.TEXT;
      case LogicalType.Binary() -> Family.BYTEA;
      case LogicalType.Json(), LogicalType.ListOf _, LogicalType.Struct _ -> Family.JSONB;
      case LogicalType.Uuid() -> Family.UUID;
      case LogicalType.Vector _ -> Family.VECTOR;
    };
  }
}
