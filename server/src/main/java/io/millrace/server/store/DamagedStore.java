package io.millrace.server.store;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recognizes a SQLite file that can no longer be read. */
final class DamagedStore {
  private DamagedStore() {}

  /** Returns what to say of a failure whose reason is a damaged file. */
  static Optional<ConfigException> of(Throwable failure) {
    for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      if (message.startsWith("[SQLITE_NOTADB]") || message.startsWith("[SQLITE_CORRUPT")) {
        return Optional.of(
            new ConfigException(
                "store_damaged",
                "The metadata store, millrace.db in the data directory, is damaged ("
                    + ConnectorException.outside(message)
                    + "). \"millrace restore --data DIR\" lists the copies that can take its"
                    + " place.",
                failure.toString(),
                failure));
      }
    }
    return Optional.empty();
  }
}
