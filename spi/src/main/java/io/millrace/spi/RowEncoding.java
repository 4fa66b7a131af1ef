package io.millrace.spi;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How whole rows are laid out as bytes. Equal encodings mean that equal bytes are equal rows, value
 * for value, to both sides; nobody but the two connectors looks inside.
 *
 * @param format the layout and its version, such as {@code postgresql-copy-binary/1}
 * @param columns the exact native type of each value, in order; also part of what must be equal
 */
public record RowEncoding(String format, List<String> columns) {
  /** The field of a batch that holds encoded rows. */
  public static final Field ROW = Fields.of("row", new LogicalType.Binary(), false, null);

  public RowEncoding {
    columns = List.copyOf(columns);
  }
}
