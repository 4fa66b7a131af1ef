package io.millrace.server.store;

import io.millrace.spi.TransientException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Recognizes a store whose disk takes nothing more. */
final class FullStore {
  /** A file that cannot grow is a full disk to SQLite, whichever of its files it is. */
  private static final Set<SQLiteErrorCode> SQLITE =
      Set.of(SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);

  /** PostgreSQL's disk_full. */
  private static final String POSTGRES = "53100";

  private FullStore() {}

  static boolean is(Throwable failure) {
    for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
      if ((e instanceof SQLiteException sqlite && SQLITE.contains(sqlite.getResultCode()))
          || (e instanceof SQLException sql && POSTGRES.equals(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /** Returns what to say; what was under way has not happened, and may be tried again. */
  static TransientException of(Throwable failure) {
    return new TransientException(
        "store_full",
        "The disk of the metadata store is full, so this was not saved. Make room on it (without"
            + " --database it is the disk of the data directory); then try again.",
        failure.toString(),
        failure);
  }
}
