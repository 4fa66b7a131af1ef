package io.millrace.connectors.faker;

import io.millrace.spi.ConfigException;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.StreamState;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts what is to be read into ranges of ids, and keeps the state from sync to sync. */
final class Planner {
  /** Fewer slices are not worth a range of their own. */
  static final long RANGE_SLICES_MIN = 100;

  private static final String NEXT_ID = "next_id";
  private static final String SEED = "seed";
  private static final String UPDATED_AT = "updated_at";

  private final FakerConfig config;
  private final Clock clock;

  Planner(FakerConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  List<Partition> partitions(Table table, @Nullable StreamState state) {
    long last = table.rows().applyAsLong(config.count());
    long seed = seed(state);
    long first = first(state, seed);
    long updatedAt = config.alwaysUpdated() ? updatedAt(state) : Slice.NOT_SET;
    long rows = last - first + 1;
    if (rows <= 0) {
      return List.of();
    }
    long pieces = Math.clamp(rows / rangeRowsMin(), 1, config.parallelism());
    List<Partition> partitions = new ArrayList<>();
    for (long piece = 0; piece < pieces; piece++) {
      long from = first + rows * piece / pieces;
      long to = first + rows * (piece + 1) / pieces - 1;
      Range range = new Range(from, to, seed, updatedAt, Products.count(config.count()));
      partitions.add(partition(table, range, piece));
    }
    return partitions;
  }

  private long rangeRowsMin() {
    return RANGE_SLICES_MIN * config.recordsPerSlice();
  }

  private static Partition partition(Table table, Range range, long piece) {
    return new Partition(
        "ids-" + piece,
        Tokens.VERSION,
        range.token(),
        "%s with ids %d to %d, seed %d"
            .formatted(table.name(), range.from(), range.to(), range.seed()),
        range.rows(),
        range.rows() * Table.bytesPerRow(table.columns()));
  }

  /** Rows that are always updated begin anew; others go on behind those that were read. */
  private long first(@Nullable StreamState state, long seed) {
    if (state == null || config.alwaysUpdated() || Tokens.number(state.token(), SEED) != seed) {
      return 1;
    }
    return Tokens.number(state.token(), NEXT_ID);
  }

  private long seed(@Nullable StreamState state) {
    if (config.seed() != FakerConfig.SEED_NEW) {
      return config.seed();
    }
    if (state != null && !config.alwaysUpdated()) {
      long before = Tokens.number(state.token(), SEED);
      if (before != FakerConfig.SEED_NEW) {
        return before;
      }
    }
    return Mix.at(now(), 1) >>> 1;
  }

  /** Never the same as in the sync before, even when the clock was set back. */
  private long updatedAt(@Nullable StreamState state) {
    if (state == null) {
      return now();
    }
    long before = Tokens.time(state.token(), UPDATED_AT).orElse(Long.MIN_VALUE);
    return Math.max(now(), before + 1);
  }

  private long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  /** Tells whether a state is one that can be gone on from. */
  static boolean canRead(StreamState state) {
    try {
      Tokens.number(state.token(), NEXT_ID);
      Tokens.number(state.token(), SEED);
      Tokens.time(state.token(), UPDATED_AT);
      return state.version() == Tokens.VERSION;
    } catch (ConfigException e) {
      return false;
    }
  }

  /** Returns the state behind the ranges that were read. */
  static StreamState advance(@Nullable StreamState before, List<PartitionProgress> finished) {
    if (finished.isEmpty()) {
      return before == null
          ? new StreamState(Tokens.VERSION, "{\"next_id\":1,\"seed\":-1}")
          : before;
    }
    Range last = Range.of(finished.getLast().partition());
    String updatedAt =
        last.updatedAtMicros() == Slice.NOT_SET
            ? ""
            : ",\"updated_at\":" + Tokens.json(last.updatedAtMicros());
    return new StreamState(
        Tokens.VERSION,
        "{\"next_id\":%d,\"seed\":%d%s}".formatted(last.to() + 1, last.seed(), updatedAt));
  }
}
