package io.millrace.server.retention;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Hands out the flight recordings of failed attempts. */
public final class RecordingEndpoints {
  private final JobLogs logs;

  /** Makes them. */
  public RecordingEndpoints(JobLogs logs) {
    this.logs = logs;
  }

  /** Adds the route. */
  public void addTo(Routes routes) {
    routes.at(
        Api.CONFIG,
        Access.READ,
        Method.GET,
        "/api/v1/jobs/{jobId}/attempts/{attempt}/recording",
        this::download);
  }

  private Answer download(Call call) {
    AttemptKey key = AttemptKey.of(call);
    Path file = logs.recording(key);
    if (!Files.isRegularFile(file)) {
      throw ApiException.notFound("recording of attempt", key.job() + "/" + key.attempt());
    }
    String name = "job-" + key.job() + "-attempt-" + key.attempt() + ".jfr";
    return new Answer.Stream(
        "application/octet-stream",
        Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""),
        out -> Files.copy(file, out));
  }
}
