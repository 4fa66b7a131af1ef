package io.millrace.server.store;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Recognizes a SQLite file that another program keeps locked. */
final class LockedStore {
  /** The kinds of busy have its code in their lowest byte. */
  private static final int KIND = 0xff;

  private LockedStore() {}

  static boolean is(Throwable failure) {
    for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLiteException sqlite
          && (sqlite.getResultCode().code & KIND) == SQLiteErrorCode.SQLITE_BUSY.code) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns what to say to those who wait behind the one that waits for the file: nobody knows yet
   * what keeps that one.
   */
  static StoreAwayException unwritable(Throwable failure) {
    return new StoreAwayException(
        "The metadata store, millrace.db in the data directory, could not be used in time: another"
            + " program keeps it locked, or its disk does not answer. End what that program does"
            + " there; then try again.",
        failure);
  }

  /** Returns what to say; what was under way has not happened. */
  static StoreAwayException of(Throwable failure) {
    return new StoreAwayException(
        "Another program keeps the metadata store, millrace.db in the data directory, locked. End"
            + " what it does there; then try again.",
        failure);
  }
}
