package io.millrace.connectors.postgres.destination;

import io.millrace.spi.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.core.TransactionState;

/**
 * Holds statements that somebody else wrote within one transaction: each is one statement, and none
 * begins or ends a transaction. What a procedure or a {@code DO} block tries, the server refuses.
 */
final class OneTransaction {
  private static final Set<String> CONTROL =
      Set.of("begin", "start", "commit", "end", "rollback", "abort");

  private OneTransaction() {}

  /**
   * Looks at all of them before the first runs.
   *
   * @throws ConfigException when one is several, or begins or ends a transaction
   */
  static void check(Connection jdbc, List<String> statements) throws SQLException {
    boolean conforming = jdbc.unwrap(BaseConnection.class).getStandardConformingStrings();
    for (int i = 0; i < statements.size(); i++) {
      // The driver itself would send the parts one after the other.
      List<String> parts =
          Parser.parseJdbcSql(statements.get(i), conforming, false, true, false, false).stream()
              .map(OneTransaction::afterComments)
              .filter(part -> !part.isEmpty())
              .toList();
      if (parts.size() > 1) {
        throw refusal(i + 1, "is " + parts.size() + " statements; give each of its own");
      }
      if (parts.size() == 1 && controls(parts.getFirst())) {
        throw leftTheTransaction(i + 1);
      }
    }
  }

  /**
   * Makes sure that a statement which has run has left the transaction open.
   *
   * @throws ConfigException when it has not
   */
  static void stillOpen(Connection jdbc, int number) throws SQLException {
    if (jdbc.unwrap(BaseConnection.class).getTransactionState() != TransactionState.OPEN) {
      throw leftTheTransaction(number);
    }
  }

  private static boolean controls(String part) {
    String[] words = part.toLowerCase(Locale.ROOT).split("[^a-z_]+", 3);
    return CONTROL.contains(words[0])
        || (words[0].equals("prepare") && words.length > 1 && words[1].equals("transaction"));
  }

  private static ConfigException leftTheTransaction(int number) {
    return refusal(
        number, "begins or ends a transaction; all run in one, which is committed after the last");
  }

  private static ConfigException refusal(int number, String why) {
    return new ConfigException("sql_not_one", "Statement " + number + " " + why + ".");
  }

  /** Returns a part from its first word on. Comments nest, as they do on the server. */
  private static String afterComments(NativeQuery part) {
    String sql = part.nativeSql;
    int at = 0;
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end;
      } else if (sql.startsWith("/*", at)) {
        at = afterBlock(sql, at);
      } else {
        break;
      }
    }
    return sql.substring(at);
  }

  private static int afterBlock(String sql, int start) {
    int depth = 0;
    int at = start;
    while (at < sql.length()) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return at;
  }
}
