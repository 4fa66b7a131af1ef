package io.millrace.connectors.faker;

import io.millrace.spi.config.Field;

/** What to make up, and how much of it. */
record FakerConfig(
    @Field(
            title = "Count",
            help =
                "How many users there are. There are as many purchases but for the last few, and"
                    + " up to 100 products.",
            orElse = "1000",
            min = 0,
            max = ROWS_MAX,
            examples = "1000")
        long count,
    @Field(
            title = "Seed",
            help =
                "The same seed makes the same data in every sync, on every machine. With -1 each"
                    + " sync takes a new seed; an interrupted one goes on with the seed it began"
                    + " with.",
            orElse = "-1",
            min = -1,
            examples = "7")
        long seed,
    @Field(
            title = "Records per stream slice",
            help =
                "A sync can go on after so many rows or a multiple of them when it was"
                    + " interrupted; a batch holds whole slices where they are small enough.",
            orElse = "1000",
            min = 1,
            max = Integer.MAX_VALUE,
            advanced = true)
        int recordsPerSlice,
    @Field(
            title = "Always updated",
            help =
                "If true, every sync reads every row again, with the time of the sync in"
                    + " updated_at. If false, updated_at belongs to the made-up data, and an"
                    + " incremental sync reads only rows beyond those it has seen: none, unless"
                    + " count grew or the seed changed.",
            orElse = "true")
        boolean alwaysUpdated,
    @Field(
            title = "Parallelism",
            help =
                "How many ranges of a stream are made side by side at most; a range has 100 slices"
                    + " or more.",
            orElse = "4",
            min = 1,
            max = 64,
            advanced = true)
        int parallelism) {
  /** The largest count: ids and all that is computed from them stay far from overflow. */
  static final long ROWS_MAX = 1_000_000_000_000L;

  /** The seed that asks for a new one. */
  static final long SEED_NEW = -1;
}
