package io.millrace.server.job.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.job.Attempt;
import io.millrace.server.job.AttemptLogs;
import io.millrace.server.job.AttemptStream;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWaits;
import io.millrace.server.job.Stats;
import io.millrace.server.job.StreamNames;
import io.millrace.server.json.Documents;
import io.millrace.spi.StreamName;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Writes jobs in the Config API's shapes. */
final class JobJson {
  private final AttemptLogs logs;
  private final JobWaits waits;

  JobJson(AttemptLogs logs, JobWaits waits) {
    this.logs = logs;
    this.waits = waits;
  }

  /** {@code JobRead}. */
  ObjectNode job(JobView view) {
    Job job = view.job();
    List<AttemptStream> latest = view.latest();
    ObjectNode json =
        Documents.empty()
            .put("id", job.id())
            .put("configType", job.type().label())
            .put("configId", job.connection().toString())
            .put("createdAt", job.createdAt().getEpochSecond())
            .put("updatedAt", job.updatedAt().getEpochSecond());
    if (job.startedAt() != null) {
      json.put("startedAt", job.startedAt().getEpochSecond());
    }
    json.put("status", job.status().label());
    waits.reason(job).ifPresent(why -> json.put("waitingReason", why));
    JobConfig config = JobConfig.of(job.config());
    Collection<StreamName> named =
        config.streams().isEmpty() ? view.enabled() : new TreeSet<>(config.streams());
    switch (job.type()) {
      case SYNC -> json.set("enabledStreams", StreamNames.descriptors(view.enabled()));
      case RESET_CONNECTION -> {
        json.set("enabledStreams", StreamNames.descriptors(named));
        json.putObject("resetConfig").set("streamsToReset", StreamNames.descriptors(named));
      }
      case REFRESH -> {
        json.set("enabledStreams", StreamNames.descriptors(view.enabled()));
        json.putObject("refreshConfig").set("streamsToRefresh", StreamNames.descriptors(named));
      }
    }
    json.set("aggregatedStats", aggregated(Documents.empty(), view.total()));
    ArrayNode perStream = json.putArray("streamAggregatedStats");
    for (AttemptStream stream : latest) {
      ObjectNode one = aggregated(named(stream), stream.whole());
      one.put("wasBackfilled", config.backfilled().contains(stream.stream()));
      perStream.add(one.put("wasResumed", !stream.own().equals(stream.whole())));
    }
    return json;
  }

  /** {@code JobInfoRead}: attempts wrapped, with their logs. */
  ObjectNode info(JobView view) {
    ObjectNode json = Documents.empty();
    json.set("job", job(view));
    ArrayNode attempts = json.putArray("attempts");
    view.attempts().forEach(attempt -> attempts.add(attemptInfo(view, attempt, true)));
    return json;
  }

  /** {@code JobInfoRead} whose logs are empty. */
  ObjectNode infoWithoutLogs(JobView view) {
    ObjectNode json = Documents.empty();
    json.set("job", job(view));
    ArrayNode attempts = json.putArray("attempts");
    view.attempts().forEach(attempt -> attempts.add(attemptInfo(view, attempt, false)));
    return json;
  }

  /** {@code JobWithAttemptsRead}: attempts as they are. */
  ObjectNode withAttempts(JobView view) {
    ObjectNode json = Documents.empty();
    json.set("job", job(view));
    ArrayNode attempts = json.putArray("attempts");
    view.attempts().forEach(attempt -> attempts.add(attempt(view, attempt)));
    return json;
  }

  /** {@code AttemptInfoRead}; both forms of logs are always there. */
  ObjectNode attemptInfo(JobView view, Attempt attempt, boolean withLogs) {
    ObjectNode json = Documents.empty();
    json.set("attempt", attempt(view, attempt));
    json.put("logType", "formatted");
    ObjectNode both = json.putObject("logs");
    ArrayNode lines = both.putArray("logLines");
    both.put("version", "1");
    ArrayNode events = both.putArray("events");
    if (withLogs) {
      logs.lines(attempt.job(), attempt.number()).forEach(lines::add);
      logs.events(attempt.job(), attempt.number()).forEach(events::add);
    }
    return json;
  }

  /** {@code AttemptRead}. */
  static ObjectNode attempt(JobView view, Attempt attempt) {
    ObjectNode json =
        Documents.empty()
            .put("id", attempt.number())
            .put("status", attempt.status().label())
            .put("createdAt", attempt.createdAt().getEpochSecond())
            .put("updatedAt", attempt.updatedAt().getEpochSecond());
    if (attempt.endedAt() != null) {
      json.put("endedAt", attempt.endedAt().getEpochSecond());
    }
    json.put("bytesSynced", attempt.stats().bytesCommitted())
        .put("recordsSynced", attempt.stats().recordsCommitted());
    json.set("totalStats", attempt.stats().json());
    ArrayNode streams = json.putArray("streamStats");
    for (AttemptStream stream : view.streams(attempt.number())) {
      ObjectNode one = named(stream);
      one.set("stats", stream.own().json());
      one.set("evidence", stream.evidence());
      streams.add(one);
    }
    if (!attempt.failures().isEmpty()) {
      ObjectNode failure = json.putObject("failureSummary");
      ArrayNode reasons = failure.putArray("failures");
      attempt.failures().forEach(reason -> reasons.add(reason.json()));
      failure.put("partialSuccess", attempt.stats().recordsCommitted() > 0);
    }
    return json;
  }

  /** Returns {@code streamName} and {@code streamNamespace}. */
  static ObjectNode named(AttemptStream stream) {
    ObjectNode json = Documents.empty().put("streamName", stream.stream().name());
    if (stream.stream().namespace() != null) {
      json.put("streamNamespace", stream.stream().namespace());
    }
    return json;
  }

  /** Adds the five counts that jobs and streams are summed up by. */
  static ObjectNode aggregated(ObjectNode json, Stats stats) {
    return json.put("recordsEmitted", stats.recordsEmitted())
        .put("bytesEmitted", stats.bytesEmitted())
        .put("recordsCommitted", stats.recordsCommitted())
        .put("bytesCommitted", stats.bytesCommitted())
        .put("recordsRejected", stats.recordsRejected());
  }
}
