package io.millrace.connectors.postgres.source;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorContext;

/**
 * Completes a task on a server that shares no snapshot: what depends on the moment of the read is
 * only known once the reader has begun its own transaction.
 */
final class OwnMoment {
  private OwnMoment() {}

  static Task complete(
      ReplicationMethod method,
      Task task,
      ConfiguredStream stream,
      ReadTransaction transaction,
      ConnectorContext context)
      throws InterruptedException {
    if (!stream.mode().incremental()) {
      return task;
    }
    Relation relation = Lookup.find(transaction, stream);
    Incremental incremental =
        Incremental.of(method, stream, relation, null, transaction, context.notices());
    Filter filter = incremental.bounded(task.filter());
    return new Task(task.place(), filter, null, incremental.ahead(filter), null);
  }
}
