package io.millrace.server.job.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.StageTimes;
import io.millrace.engine.StreamProgress;
import io.millrace.server.job.Stats;
import io.millrace.server.json.Documents;
import io.millrace.spi.Tally;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Says what became of every row of a stream, and where the time went. Pure. */
final class Evidence {
  private static final int PERCENT = 100;
  private static final String NULLED = "valuesNulled";

  private Evidence() {}

  static Stats stats(StreamProgress progress) {
    Tally read = progress.tally();
    Tally durable = progress.committed();
    // Before the source has planned, its guess is of the whole table, whatever of it is read.
    boolean planned = progress.partitions() > 0;
    return new Stats(
        read.rowsRead(),
        read.bytesRead(),
        durable.rowsWritten(),
        durable.bytesRead(),
        read.rowsQuarantined(),
        read.rowsFiltered(),
        progress.commits(),
        planned ? progress.estimatedRows() : -1,
        planned ? progress.estimatedBytes() : -1);
  }

  /**
   * Returns the evidence of a stream.
   *
   * @param before what {@link #nulled} said of the job's earlier attempts
   */
  static ObjectNode of(StreamProgress progress, Map<String, Long> before) {
    Tally tally = progress.tally();
    ObjectNode json =
        Documents.empty()
            .put("rowsRead", tally.rowsRead())
            .put("rowsWritten", tally.rowsWritten())
            .put("rowsFiltered", tally.rowsFiltered())
            .put("rowsQuarantined", tally.rowsQuarantined())
            .put("rowsCommitted", progress.committed().rowsWritten())
            .put("bytesRead", tally.bytesRead())
            .put("partitions", progress.partitions())
            .put("partitionsCommitted", progress.partitionsDone());
    if (progress.estimatedRows() >= 0) {
      json.put("rowsEstimated", progress.estimatedRows());
    }
    Map<String, Long> nulled = new TreeMap<>(before);
    progress.nulled().forEach((field, count) -> nulled.merge(field, count, Long::sum));
    if (!nulled.isEmpty()) {
      ObjectNode counts = json.putObject(NULLED);
      nulled.forEach(counts::put);
    }
    ObjectNode millis = json.putObject("millis");
    stages(progress.time()).forEach((stage, nanos) -> millis.put(stage, millis(nanos)));
    json.put("bottleneck", bottleneck(progress.time()));
    return json;
  }

  /** Returns how many values of which field mappers had made null by the end of an attempt. */
  static Map<String, Long> nulled(ObjectNode evidence) {
    Map<String, Long> nulled = new TreeMap<>();
    evidence
        .path(NULLED)
        .properties()
        .forEach(one -> nulled.put(one.getKey(), one.getValue().asLong()));
    return nulled;
  }

  /** Returns one sentence about the stage that took most of the time. */
  static String bottleneck(StageTimes time) {
    Map<String, Long> stages = stages(time);
    long total = stages.values().stream().mapToLong(Long::longValue).sum();
    if (millis(total) == 0) {
      return "Nothing took any time worth naming.";
    }
    Map.Entry<String, Long> slowest =
        stages.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    String what =
        switch (slowest.getKey()) {
          case "read" -> "reading from the source";
          case "map" -> "shaping rows in Millrace";
          case "write" -> "writing to the destination";
          case "commit" -> "making rows durable at the destination";
          default -> "publishing at the destination";
        };
    return String.format(
        Locale.ROOT,
        "Most of the time, %d %%, went into %s.",
        Math.round((double) slowest.getValue() * PERCENT / total),
        what);
  }

  private static Map<String, Long> stages(StageTimes time) {
    Map<String, Long> stages = new LinkedHashMap<>();
    stages.put("read", time.readNanos());
    stages.put("map", time.mapNanos());
    stages.put("write", time.writeNanos());
    stages.put("commit", time.commitNanos());
    stages.put("publish", time.publishNanos());
    return stages;
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
