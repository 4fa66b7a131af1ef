package io.millrace.connectors.postgres;

/** Asks a server for a moment's exact number. */
public final class Micros {
  private Micros() {}

  /**
   * Returns an expression for the microseconds since 1970 of a timestamp. Before PostgreSQL 14 a
   * part of a timestamp is a floating point number, so seconds and microseconds are asked for
   * apart.
   */
  public static String of(String timestamp) {
    return ("(extract(epoch FROM date_trunc('second', %1$s))::bigint * 1000000"
            + " + extract(microseconds FROM %1$s)::bigint %% 1000000)")
        .formatted(timestamp);
  }
}
