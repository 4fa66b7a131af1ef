package io.millrace.connectors.postgres.connect;

import java.util.List;

/**
 * How failures of one kind are sorted. The table {@link #RULES} is data: the rule with the longest
 * matching prefix of the SQLSTATE wins, and among those one whose words the server says. States are
 * those of PostgreSQL's manual, appendix A.
 *
 * @param statePrefix the SQLSTATE, or its beginning
 * @param words what the server's message has in it, where one state stands for several things;
 *     empty for anything, which a server that speaks another language comes to
 * @param kind who acts next
 * @param code the stable code of the exception
 * @param advice what is wrong and what to do, as sentences
 * @param example a message of the server that this rule is for
 */
record PgErrorRule(
    String statePrefix, String words, Kind kind, String code, String advice, String example) {
  /** Who acts next. */
  enum Kind {
    CONFIG,
    TRANSIENT,
    SYSTEM
  }

  static final PgErrorRule UNKNOWN_HOST =
      config(
          "",
          "unknown_host",
          "The host's name is not known. Check `host`.",
          "The connection attempt failed. (UnknownHostException)");

  static final PgErrorRule CONNECTION_REFUSED =
      transients(
          "",
          "connection_refused",
          "Nothing answers at that address, or a firewall refuses. Check that the server runs, and"
              + " `host` and `port`.",
          "Connection to localhost:1 refused.");

  static final PgErrorRule TIMED_OUT =
      transients(
          "",
          "timed_out",
          "The server did not answer in time. Check that it is reachable, and `host` and `port`.",
          "The connection attempt failed. (SocketTimeoutException)");

  static final PgErrorRule TLS =
      config(
          "",
          "tls",
          "The encrypted connection could not be made. Check `ssl_mode` and its certificates.",
          "SSL error: PKIX path building failed");

  static final PgErrorRule NO_ENCRYPTION =
      config(
          "",
          "no_encryption",
          "The server offers no encryption, which `ssl_mode` demands. Switch `ssl` on at the server,"
              + " or set `ssl_mode` to prefer or disable where the way there is safe.",
          "The server does not support SSL.");

  static final PgErrorRule UNSORTED =
      new PgErrorRule(
          "", "", Kind.SYSTEM, "postgres", "PostgreSQL reported a failure.", "something new");

  /** Every rule that goes by SQLSTATE. */
  static final List<PgErrorRule> RULES =
      List.of(
          transients(
              "08",
              "connection_lost",
              "The connection broke.",
              "An I/O error occurred while sending to the backend."),
          transients(
              "08001",
              "connection_refused",
              "The connection could not be made.",
              "The connection attempt failed."),
          config(
              "08004",
              "connection_rejected",
              "The server and the settings do not agree on how to log in. Check `password`: the"
                  + " server may ask for one that is not set.",
              "The server requested password-based authentication, but no password was provided."),
          config(
              "0A",
              "not_supported",
              "The server does not support this.",
              "cannot copy from foreign table"),
          config("0L", "no_rights", "The user lacks a right. Grant it.", "cannot grant to itself"),
          config("0P", "no_such_role", "The role does not exist.", "role \"x\" does not exist"),
          config(
              "22", "bad_value", "A value could not be computed or converted.", "division by zero"),
          config(
              "23",
              "constraint",
              "A row breaks a constraint of the table.",
              "null value in column \"a\" violates not-null constraint"),
          transients(
              "25P03",
              "connection_lost",
              "The server ended the session.",
              "terminating connection due to idle-in-transaction timeout"),
          config(
              "25006",
              "read_only",
              "The database only allows reading: it is a standby or set to read-only.",
              "cannot execute INSERT in a read-only transaction"),
          config(
              "25001",
              "statement_refused",
              "The statement cannot run within a transaction.",
              "VACUUM cannot run inside a transaction block"),
          config(
              "2D000",
              "statement_refused",
              "A procedure or block may not end the transaction that it runs in.",
              "invalid transaction termination"),
          config(
              "28",
              "auth",
              "The server refused the login. Check `username`, `password`, `ssl_mode` and the"
                  + " server's pg_hba.conf.",
              "no pg_hba.conf entry for host"),
          config(
              "28P01",
              "auth",
              "The user name or the password is wrong. Check `username` and `password`.",
              "password authentication failed for user \"u\""),
          config(
              "2BP01",
              "dependent_objects",
              "Other objects depend on it.",
              "cannot drop table t because other objects depend on it"),
          config(
              "38",
              "function_failed",
              "A function of the database failed.",
              "error in external routine"),
          config(
              "3D000",
              "no_such_database",
              "The database does not exist. Check `database`.",
              "database \"shop\" does not exist"),
          config(
              "3F000",
              "no_such_schema",
              "The schema does not exist.",
              "schema \"x\" does not exist"),
          transients(
              "40",
              "conflict",
              "The server ended the transaction because of others.",
              "deadlock detected"),
          config(
              "42",
              "statement_refused",
              "The server refuses the statement; a view or function that it uses may be broken.",
              "could not determine polymorphic type"),
          config(
              "42501",
              "no_rights",
              "The user lacks a right. Grant it.",
              "permission denied for table orders"),
          config(
              "42703", "no_such_column", "A column does not exist.", "column \"x\" does not exist"),
          config(
              "42883",
              "no_such_function",
              "A function or operator does not exist.",
              "function f() does not exist"),
          config(
              "42704",
              "no_such_object",
              "An object, such as a type, does not exist.",
              "type \"x\" does not exist"),
          config(
              "42P01",
              "no_such_table",
              "The table or view does not exist.",
              "relation \"x\" does not exist"),
          transients(
              "53", "server_resources", "The server is out of resources.", "out of shared memory"),
          config(
              "53100",
              "disk_full",
              "The server's disk is full. Make room on it.",
              "could not extend file: No space left on device"),
          transients(
              "53300",
              "too_many_connections",
              "The server has no free connection.",
              "sorry, too many clients already"),
          config(
              "54",
              "server_limit",
              "A limit of PostgreSQL is exceeded.",
              "tables can have at most 1600 columns"),
          config(
              "55000",
              "not_ready",
              "Something that this needs is not in the state for it; what the server says tells"
                  + " what.",
              "lastval is not yet defined in this session"),
          config(
                  "55000",
                  "not_populated",
                  "A materialised view must be refreshed once before it can be read: REFRESH"
                      + " MATERIALIZED VIEW.",
                  "materialized view \"m\" has not been populated")
              .saying("has not been populated"),
          config(
                  "55000",
                  "no_replica_identity",
                  "The table is published for replication without a replica identity, so its rows"
                      + " cannot be changed. Give it a primary key, or ALTER TABLE ... REPLICA"
                      + " IDENTITY FULL.",
                  "cannot delete from table \"t\" because it does not have a replica identity and"
                      + " publishes deletes")
              .saying("replica identity"),
          config(
                  "55000",
                  "database_closed",
                  "The database takes no connections. Check `database`, or ask its administrator.",
                  "database \"x\" is not currently accepting connections")
              .saying("not currently accepting connections"),
          config(
                  "55000",
                  "standby",
                  "The server is a standby, which cannot do this. Name its primary in `host`.",
                  "recovery is in progress")
              .saying("recovery is in progress"),
          transients(
                  "55000",
                  "snapshot_ended",
                  "The session that held the snapshot has ended.",
                  "could not import the requested snapshot")
              .saying("requested snapshot"),
          transients(
              "55006",
              "in_use",
              "The object is in use.",
              "database \"x\" is being accessed by other users"),
          transients(
              "55P03",
              "locked",
              "A lock could not be had in time.",
              "canceling statement due to lock timeout"),
          transients(
              "57014",
              "cancelled",
              "The server cancelled the statement.",
              "canceling statement due to user request"),
          transients(
              "57P",
              "server_stopped",
              "The server stopped, is starting, or ended the session.",
              "terminating connection due to administrator command"),
          config("57P04", "no_such_database", "The database was dropped.", "database was dropped"),
          transients(
              "58030",
              "server_io",
              "The server could not read or write a file.",
              "could not read block 0: Input/output error"),
          config(
              "58P01",
              "server_file",
              "A file that the server needs is missing.",
              "could not open file: No such file or directory"),
          transients("72000", "snapshot_too_old", "The snapshot was too old.", "snapshot too old"),
          config(
              "HV",
              "foreign_table",
              "The foreign server behind a foreign table reported a failure.",
              "invalid option name"),
          transients(
              "HV00N",
              "foreign_server",
              "The foreign server behind a foreign table could not be reached.",
              "could not connect to server"),
          config(
              "P0",
              "raised",
              "A function or trigger of the database raised an error.",
              "raised by a trigger"),
          config(
              "XX001",
              "server_data_corrupted",
              "The server found damaged data; its administrator must act.",
              "invalid page in block 7"),
          config(
              "XX002",
              "server_data_corrupted",
              "The server found a damaged index; its administrator must act.",
              "index is corrupted"));

  /**
   * Returns the rule for a failure.
   *
   * @param message what the server said
   */
  static PgErrorRule of(String state, String message) {
    PgErrorRule best = UNSORTED;
    for (PgErrorRule rule : RULES) {
      if (state.startsWith(rule.statePrefix)
          && message.contains(rule.words)
          && rule.closerThan(best)) {
        best = rule;
      }
    }
    return best;
  }

  private boolean closerThan(PgErrorRule other) {
    int longer = statePrefix.length() - other.statePrefix.length();
    return longer > 0 || (longer == 0 && words.length() > other.words.length());
  }

  private PgErrorRule saying(String text) {
    return new PgErrorRule(statePrefix, text, kind, code, advice, example);
  }

  private static PgErrorRule config(String state, String code, String advice, String example) {
    return new PgErrorRule(state, "", Kind.CONFIG, code, advice, example);
  }

  private static PgErrorRule transients(String state, String code, String advice, String example) {
    return new PgErrorRule(state, "", Kind.TRANSIENT, code, advice, example);
  }
}
