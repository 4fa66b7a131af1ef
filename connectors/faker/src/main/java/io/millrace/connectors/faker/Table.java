package io.millrace.connectors.faker;

import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table of the made-up shop.
 *
 * @param rows how many rows it has beside so many users
 */
record Table(String name, List<Column> columns, LongUnaryOperator rows) {
  /** Every table, by name. */
  static final List<Table> ALL =
      List.of(
          new Table("products", Products.columns(), Products::count),
          new Table("purchases", Purchases.columns(), Purchases::count),
          new Table("users", Users.columns(), users -> users));

  private static final String ID = "id";
  private static final String UPDATED_AT = "updated_at";

  StreamDescriptor describe(long users) {
    long count = rows.applyAsLong(users);
    return new StreamDescriptor(
        new StreamName(null, name),
        new Schema(columns.stream().map(Column::field).toList()),
        List.of(ID),
        List.of(UPDATED_AT),
        true,
        true,
        count,
        count * bytesPerRow(columns));
  }

  /** Returns the size of a row of these columns in a batch, about. */
  static long bytesPerRow(List<Column> columns) {
    return Math.max(1, columns.stream().mapToLong(Column::bytes).sum());
  }
}
