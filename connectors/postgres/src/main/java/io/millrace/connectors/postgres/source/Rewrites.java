package io.millrace.connectors.postgres.source;

import java.util.LinkedHashMap;
import java.util.Map;

/** Finds out whether tables were truncated or rewritten since a plan. */
final class Rewrites {
  private Rewrites() {}

  /** Tells whether every table that is still to be read is as it was planned. */
  static boolean none(ReadTransaction transaction, Earlier earlier) throws InterruptedException {
    Map<Long, Place> places = new LinkedHashMap<>();
    earlier.open().stream()
        .map(open -> open.task().place())
        .filter(place -> place.file() != 0)
        .forEach(place -> places.put(place.oid(), place));
    for (Place place : places.values()) {
      long file =
          transaction.call(
              "go on reading " + place.name().display(),
              jdbc -> ReaderFactory.lockAndLook(jdbc, place));
      if (file != place.file()) {
        return false;
      }
    }
    return true;
  }
}
