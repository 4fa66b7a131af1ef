package io.millrace.server.cron;

/** The two ways to write an expression; the number of its fields tells which one it is. */
enum CronDialect {
  /** Five fields. Sunday is 0 or 7; a day matches when either of two set day fields does. */
  UNIX,
  /**
   * Six or seven fields, the first are seconds. Sunday is 1; one of the day fields is {@code ?}.
   */
  QUARTZ
}
