package io.millrace.connectors.faker;

import java.time.Instant;

/** The times of a row: each is a whole second and none is before the one it depends on. */
final class Times {
  private static final long MICROS = 1_000_000;
  private static final long DAY_SECONDS = 86_400;
  private static final long FIRST_SECOND = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

  /** Rows are created before this second. */
  private static final long LAST_CREATED = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();

  /** No made-up time is after this second. */
  private static final long END = Instant.parse("2025-01-01T00:00:00Z").getEpochSecond();

  private static final int PURCHASED_PERCENT = 70;
  private static final int RETURNED_PERCENT = 15;

  private Times() {}

  static long created(long key, long id) {
    return createdSecond(key, id) * MICROS;
  }

  /** When a user or a product was changed last. */
  static long updated(long key, long id, Slice slice) {
    if (slice.updatedAtMicros() != Slice.NOT_SET) {
      return slice.updatedAtMicros();
    }
    long created = createdSecond(key, id);
    return (created + Mix.below(bits(key, id, 1), END - created)) * MICROS;
  }

  static long addedToCart(long key, long id) {
    return cartSecond(key, id) * MICROS;
  }

  static long purchased(long key, long id) {
    long second = purchasedSecond(key, id);
    return second == Fixed.NULL ? Fixed.NULL : second * MICROS;
  }

  static long returned(long key, long id) {
    long purchased = purchasedSecond(key, id);
    if (purchased == Fixed.NULL || percent(bits(key, id, 5)) >= RETURNED_PERCENT) {
      return Fixed.NULL;
    }
    return daysLater(purchased, bits(key, id, 6)) * MICROS;
  }

  /** When a purchase was changed last: at the newest of its times. */
  static long purchaseUpdated(long key, long id, Slice slice) {
    if (slice.updatedAtMicros() != Slice.NOT_SET) {
      return slice.updatedAtMicros();
    }
    long newest = Math.max(purchased(key, id), returned(key, id));
    return Math.max(newest, addedToCart(key, id));
  }

  private static long createdSecond(long key, long id) {
    return FIRST_SECOND + Mix.below(bits(key, id, 0), LAST_CREATED - FIRST_SECOND);
  }

  private static long cartSecond(long key, long id) {
    return daysLater(createdSecond(key, id), bits(key, id, 2));
  }

  private static long purchasedSecond(long key, long id) {
    if (percent(bits(key, id, 3)) >= PURCHASED_PERCENT) {
      return Fixed.NULL;
    }
    return daysLater(cartSecond(key, id), bits(key, id, 4));
  }

  private static long daysLater(long second, long bits) {
    return second + Mix.below(bits, (END - second) / DAY_SECONDS + 1) * DAY_SECONDS;
  }

  private static long percent(long bits) {
    return Mix.below(bits, 100);
  }

  private static long bits(long key, long id, int which) {
    return Mix.at(key + which, id);
  }
}
