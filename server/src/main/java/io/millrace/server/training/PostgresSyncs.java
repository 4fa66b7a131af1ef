package io.millrace.server.training;

import java.util.List;

/** The syncs from and to PostgreSQL that were recorded, one for each way that rows take. */
public final class PostgresSyncs {
  /** The database that is read. */
  static final String SOURCE = "shop";

  /** The database that is written. */
  static final String TARGET = "copies";

  /** The user of both, who needs no password. */
  static final String USER = "postgres";

  /** The table that is read. */
  static final String TABLE = "orders";

  private PostgresSyncs() {}

  /**
   * Returns the arguments of each command, in the order in which they were recorded.
   *
   * @param port where the server listens
   * @param folder for what they leave
   */
  public static List<String[]> commands(int port, String folder) {
    String server = "postgresql://" + USER + "@127.0.0.1:" + port + "/";
    String duckdb = "duckdb:" + folder + "/shop.duckdb";
    return List.of(
        sync(server + SOURCE, server + TARGET, "public." + TABLE, folder),
        sync(server + SOURCE, duckdb, "public." + TABLE, folder),
        sync("faker:?count=3&seed=1", server + TARGET, "users", folder));
  }

  private static String[] sync(String from, String to, String stream, String folder) {
    return new String[] {
      "sync", from, to, "--stream", stream, "--state-dir", folder, "--retries", "0"
    };
  }
}
