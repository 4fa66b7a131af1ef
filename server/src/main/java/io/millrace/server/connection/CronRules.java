package io.millrace.server.connection;

import java.util.Optional;

/** Says whether a cron expression can be followed. */
@FunctionalInterface
public interface CronRules {
  /** Returns the end of a sentence that says what is wrong with an expression, or nothing. */
  Optional<String> problem(String expression);
}
