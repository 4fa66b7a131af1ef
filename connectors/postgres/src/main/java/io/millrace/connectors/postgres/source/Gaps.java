package io.millrace.connectors.postgres.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the pages of a table that no partition reads. */
final class Gaps {
  private Gaps() {}

  /** Returns the ranges of pages of a whole table that are in none of the places. */
  static List<Place> between(Place whole, List<Place> taken) {
    List<Place> gaps = new ArrayList<>();
    long at = 0;
    for (Place place : taken.stream().sorted(Comparator.comparingLong(Place::from)).toList()) {
      if (place.from() > at) {
        gaps.add(whole.range(at, place.from()));
      }
      at = Math.max(at, place.to());
    }
    if (at < Place.END) {
      gaps.add(whole.range(at, Place.END));
    }
    return gaps;
  }
}
