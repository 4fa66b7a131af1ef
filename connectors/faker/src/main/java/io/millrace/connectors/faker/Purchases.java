package io.millrace.connectors.faker;

import java.util.List;

/**
 * The columns of purchases, named as in Airbyte's {@code source-faker}. Of every ten users the
 * sixth buys nothing, the eighth twice, each other one once.
 */
final class Purchases {
  private static final int USERS_PER_ROUND = 10;

  /** Which user of a round makes each purchase of the round, counted from 1. */
  private static final int[] BUYERS = {1, 2, 3, 4, 5, 7, 8, 8, 9, 10};

  private static final String TIMES = "purchases.times";

  private Purchases() {}

  static List<Column> columns() {
    return List.of(
        Column.id(),
        Column.whole("user_id", "purchases.user", (key, id, slice) -> buyer(id)),
        Column.whole(
            "product_id",
            "purchases.product",
            (key, id, slice) -> 1 + Mix.below(Mix.at(key, id), slice.products())),
        Column.moment("created_at", TIMES, (key, id, slice) -> Times.created(key, id)),
        Column.moment("updated_at", TIMES, Times::purchaseUpdated),
        Column.moment("added_to_cart_at", TIMES, (key, id, slice) -> Times.addedToCart(key, id)),
        Column.moment("purchased_at", TIMES, (key, id, slice) -> Times.purchased(key, id)),
        Column.moment("returned_at", TIMES, (key, id, slice) -> Times.returned(key, id)));
  }

  /** Returns how many purchases so many users make. */
  static long count(long users) {
    long rest = users % USERS_PER_ROUND;
    long count = users - rest;
    for (int buyer : BUYERS) {
      if (buyer <= rest) {
        count++;
      }
    }
    return count;
  }

  private static long buyer(long id) {
    long round = (id - 1) / BUYERS.length;
    return round * USERS_PER_ROUND + BUYERS[(int) ((id - 1) % BUYERS.length)];
  }
}
