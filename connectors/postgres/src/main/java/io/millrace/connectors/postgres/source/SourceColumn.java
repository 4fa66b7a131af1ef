package io.millrace.connectors.postgres.source;

import static io.millrace.connectors.postgres.connect.PgIdentifiers.quote;

import io.millrace.connectors.postgres.type.BinaryForms;
import io.millrace.connectors.postgres.type.PgColumn;
import io.millrace.connectors.postgres.type.PgOids;
import io.millrace.connectors.postgres.type.PgType;
import io.millrace.connectors.postgres.type.PgTypes;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.NativeType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * How a column is read.
 *
 * @param field the column in the lattice; it may always be null, as a view or an unvalidated
 *     constraint may hold nulls where none are declared
 * @param expression what to select from the table {@code t}
 * @param jsonb the value arrives as {@code jsonb}
 * @param plain the column itself, which its own binary form comes of
 * @param binaryForm the name of that form ({@link BinaryForms}); null where it must be decoded
 */
record SourceColumn(
    Field field, String expression, boolean jsonb, String plain, @Nullable String binaryForm) {
  /**
   * Chooses how to read a column.
   *
   * @param exact the destination stores PostgreSQL's own text forms exactly
   */
  static SourceColumn of(PgColumn column, boolean exact) {
    PgType type = column.type();
    String plain = "t." + quote(column.name());
    @Nullable String form = BinaryForms.of(type);
    if (PgTypes.hasPlace(type)) {
      LogicalType logical = PgTypes.logical(type);
      // The lattice has one type for json and jsonb, and none with a limit of length.
      boolean more = type.oid() == PgOids.JSON || PgTypes.isLimitedText(type);
      Field field = more ? nativeField(column, logical) : Fields.of(column.name(), logical);
      return new SourceColumn(field, plain, type.oid() == PgOids.JSONB, plain, form);
    }
    if (PgTypes.isNested(type) && !exact) {
      // to_json keeps every digit of a number; only arrays' lower bounds are lost.
      return new SourceColumn(
          Fields.of(column.name(), new LogicalType.Json()),
          "pg_catalog.to_json(" + plain + ")",
          false,
          plain,
          null);
    }
    // Not a cast: some types have casts to text that are not their output, such as inet and xml.
    return new SourceColumn(
        nativeField(column, new LogicalType.Text()),
        "pg_catalog.textin(" + type.output() + "(" + plain + "))",
        false,
        plain,
        form);
  }

  private static Field nativeField(PgColumn column, LogicalType type) {
    NativeType nativeType = new NativeType(PgType.SYSTEM, column.type().text());
    return Fields.of(column.name(), type, true, nativeType);
  }
}
