package io.millrace.server.http;

/** What a route does. Runs on the request's own virtual thread and may block. */
@FunctionalInterface
public interface Action {
  /**
   * Answers a call.
   *
   * @throws ApiException for an answer that is an error
   * @throws io.millrace.spi.ConnectorException when a connector failed; becomes 422, 503 or 500 by
   *     its kind
   */
  Answer answer(Call call) throws InterruptedException;
}
