package io.millrace.server.joblog;

import io.millrace.server.http.ApiException;
import io.millrace.server.http.Call;

/** Names an attempt of a job; attempts count from 0. */
public record AttemptKey(long job, int attempt) {
  /**
   * Reads {@code jobId} and {@code attempt} of a call's path.
   *
   * @throws ApiException 404 when no attempt has such a number
   */
  public static AttemptKey of(Call call) {
    long job = call.pathNumber("jobId");
    long attempt = call.pathNumber("attempt");
    if (attempt < 0 || attempt > Integer.MAX_VALUE) {
      throw ApiException.notFound("attempt", job + "/" + attempt);
    }
    return new AttemptKey(job, (int) attempt);
  }
}
