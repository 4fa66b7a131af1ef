package io.millrace.server.up;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What a store must not do again after an older copy has been put in its place: give numbers that
 * were given since the copy was made. A destination that knows the number of a sync would take the
 * new one for the end of the old and leave its rows out; a job would go on in another one's log.
 */
public final class RestoredStore {
  /** More than anybody runs between a copy and its restoration. */
  public static final long GAP = 1_000_000;

  private RestoredStore() {}

  /**
   * Skips the numbers of syncs and jobs in a SQLite store of any version. A sync that was open in
   * the copy is over: the next one begins at the last state.
   */
  public static void skipNumbers(Handle tx) {
    tx.execute(syncs());
    tx.execute("UPDATE sqlite_sequence SET seq = seq + " + GAP + " WHERE name = 'job'");
  }

  /** Returns the statements that do so in a PostgreSQL store. */
  public static List<String> postgres() {
    String jobs = "pg_get_serial_sequence('job', 'id')";
    return List.of(syncs(), "SELECT setval(%s, nextval(%s) + %d)".formatted(jobs, jobs, GAP));
  }

  private static String syncs() {
    return "UPDATE sync_memory SET last_sync = last_sync + %d, ended_sync = last_sync + %d"
        .formatted(GAP, GAP);
  }
}
