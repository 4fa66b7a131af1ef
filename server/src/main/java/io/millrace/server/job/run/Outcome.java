package io.millrace.server.job.run;

import io.millrace.server.job.FailureReason;
import io.millrace.server.job.RetryPolicy;
import java.util.List;

/** What an attempt came to. */
sealed interface Outcome {
  record Succeeded() implements Outcome {}

  /**
   * It failed.
   *
   * @param reasons why
   * @param retries the bounds of another try
   * @param progressed something became durable
   * @param passing it may pass: another try may help
   */
  record Failed(
      List<FailureReason> reasons, RetryPolicy retries, boolean progressed, boolean passing)
      implements Outcome {
    public Failed {
      reasons = List.copyOf(reasons);
    }
  }

  record Cancelled(FailureReason reason) implements Outcome {}

  /** The server stopped; the job goes on after its next start. */
  record Stopped() implements Outcome {}
}
