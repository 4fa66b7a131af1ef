package io.millrace.server.job;

import io.millrace.spi.StreamName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up what the attempts of a job did. Pure. */
public final class JobTotals {
  private JobTotals() {}

  /** Returns the last word of each stream, by name: its counts are those of the whole sync. */
  public static List<AttemptStream> latest(List<AttemptStream> streams) {
    Map<StreamName, AttemptStream> latest = new TreeMap<>();
    streams.forEach(
        one -> latest.merge(one.stream(), one, (a, b) -> a.attempt() > b.attempt() ? a : b));
    return List.copyOf(latest.values());
  }

  /** Returns the sum over all streams of {@link #latest}. */
  public static Stats total(List<AttemptStream> latest) {
    return latest.stream().map(AttemptStream::whole).reduce(Stats.ZERO, Stats::plus);
  }
}
