package io.millrace.server.action;

import java.util.List;

/**
 * The actions of a connection, in their order.
 *
 * @param afterSuccess when a job succeeded
 * @param afterFailure when a job failed; no connection is started then
 */
public record Actions(List<Action> afterSuccess, List<Action> afterFailure) {
  public Actions {
    afterSuccess = List.copyOf(afterSuccess);
    afterFailure = List.copyOf(afterFailure);
  }
}
