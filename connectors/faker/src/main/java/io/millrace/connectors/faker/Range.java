package io.millrace.connectors.faker;

import io.millrace.spi.Partition;
import java.util.OptionalLong;

/**
 * What a partition reads.
 *
 * @param from the first id
 * @param to the last id
 * @param updatedAtMicros see {@link Slice#updatedAtMicros}
 */
record Range(long from, long to, long seed, long updatedAtMicros, int products) {
  static Range of(Partition partition) {
    String token = partition.token();
    OptionalLong updatedAt = Tokens.time(token, "updated_at");
    return new Range(
        Tokens.number(token, "from"),
        Tokens.number(token, "to"),
        Tokens.number(token, "seed"),
        updatedAt.orElse(Slice.NOT_SET),
        (int) Tokens.number(token, "products"));
  }

  String token() {
    String updatedAt =
        updatedAtMicros == Slice.NOT_SET ? "" : ",\"updated_at\":" + Tokens.json(updatedAtMicros);
    return "{\"from\":%d,\"to\":%d,\"seed\":%d,\"products\":%d%s}"
        .formatted(from, to, seed, products, updatedAt);
  }

  long rows() {
    return to - from + 1;
  }
}
