package io.millrace.connectors.postgres.source;

import io.millrace.spi.config.Choice;
import io.millrace.spi.config.Discriminator;

/** How incremental reads find what is new. */
@Discriminator("method")
public sealed interface ReplicationMethod {
  @Choice(
      value = "Standard",
      title = "Cursor",
      help =
          "Each stream has a cursor field that grows with changes. Rows committed late are found,"
              + " too; deleted rows are not.")
  record Standard() implements ReplicationMethod {}

  @Choice(
      value = "Xmin",
      title = "Transaction ids",
      help =
          "Finds new and changed rows of tables by the transaction that wrote them, without a"
              + " cursor field. Deleted rows are not found.")
  record Xmin() implements ReplicationMethod {}
}
