package io.millrace.connectors.postgres.source;

import io.millrace.spi.ConfiguredStream;

/** Looks a stream up within a transaction. */
final class Lookup {
  private Lookup() {}

  static Relation find(ReadTransaction transaction, ConfiguredStream stream)
      throws InterruptedException {
    int version = transaction.session().serverVersion();
    return transaction.call(
        "look up " + stream.name().display(), jdbc -> Relations.find(jdbc, version, stream));
  }
}
