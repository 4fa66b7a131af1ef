package io.millrace.server.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.job.AttemptLogs;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.joblog.LogLine;
import java.util.List;

/** Gives the API of jobs the lines of their logs. */
final class SortedLogs implements AttemptLogs {
  private final JobLogs logs;

  SortedLogs(JobLogs logs) {
    this.logs = logs;
  }

  @Override
  public List<String> lines(long job, int attempt) {
    return logs.newest(new AttemptKey(job, attempt)).stream().map(LogLine::text).toList();
  }

  @Override
  public List<ObjectNode> events(long job, int attempt) {
    return logs.newest(new AttemptKey(job, attempt)).stream().map(LogLine::json).toList();
  }
}
