package io.millrace.server.job.run;

import io.millrace.server.connector.Side;
import io.millrace.spi.ConnectorException;

/** A failure of one side of a connection, before its sync began. */
public final class SideException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Side side;
  private final ConnectorException failure;

  /** Makes one of what a connector threw. */
  public SideException(Side side, ConnectorException failure) {
    super(failure.userMessage(), failure);
    this.side = side;
    this.failure = failure;
  }

  Side side() {
    return side;
  }

  ConnectorException failure() {
    return failure;
  }
}
