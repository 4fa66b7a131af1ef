package io.millrace.server.notification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people are told.
 *
 * @param trigger what happened
 * @param workspace where
 * @param connection to which connection
 * @param source its source
 * @param destination its destination
 * @param job the job it is about, or null
 * @param details further sentences, for schema changes one a stream
 */
public record Message(
    Trigger trigger,
    Named workspace,
    Named connection,
    Named source,
    Named destination,
    @Nullable JobFacts job,
    List<String> details) {
  public Message {
    details = List.copyOf(details);
  }
}
