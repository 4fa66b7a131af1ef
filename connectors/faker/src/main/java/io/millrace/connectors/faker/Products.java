package io.millrace.connectors.faker;

import io.millrace.spi.type.LogicalType;
import java.util.List;

/**
 * The columns of products, named as in Airbyte's {@code source-faker}: cars. The catalogue is the
 * same whatever the seed.
 */
final class Products {
  private static final String TABLE = "products";
  private static final String TIMES = "products.times";
  private static final long CATALOGUE_SEED = 100;
  private static final int YEAR_MIN = 1990;
  private static final int YEAR_BOUND = 2024;
  private static final int PRICE_CENTS_MIN = 150_000;
  private static final int PRICE_CENTS_BOUND = 9_000_000;

  private Products() {}

  static List<Column> columns() {
    return List.of(
        Column.id(),
        Column.text(TABLE, "make", 8, Texts.wordOfId(Cars.MAKES)),
        Column.text(TABLE, "model", 8, Texts.wordOfId(Cars.MODELS)),
        fixed(
            Column.whole(
                "year",
                "products.year",
                (key, id, slice) -> YEAR_MIN + Mix.below(Mix.at(key, id), YEAR_BOUND - YEAR_MIN))),
        fixed(
            new Column(
                "price",
                new LogicalType.Decimal(10, 2),
                true,
                16,
                Fixed.decimals("products.price", (key, id, slice) -> priceCents(key, id)))),
        fixed(Column.moment("created_at", TIMES, (key, id, slice) -> Times.created(key, id))),
        fixed(Column.moment("updated_at", TIMES, Times::updated)));
  }

  /** Returns how many products there are beside so many users. */
  static int count(long users) {
    return (int) Math.min(users, Cars.MODELS.size());
  }

  private static long priceCents(long key, long id) {
    return PRICE_CENTS_MIN + Mix.below(Mix.at(key, id), PRICE_CENTS_BOUND - PRICE_CENTS_MIN);
  }

  private static Column fixed(Column column) {
    Filler seeded =
        (vector, slice, stage) ->
            column
                .filler()
                .fill(
                    vector,
                    new Slice(
                        CATALOGUE_SEED,
                        slice.firstId(),
                        slice.rows(),
                        slice.updatedAtMicros(),
                        slice.products()),
                    stage);
    return new Column(column.name(), column.type(), column.nullable(), column.bytes(), seeded);
  }
}
