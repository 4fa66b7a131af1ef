package io.millrace.testkit.contract.destination;

/** Where a load is interrupted; see {@link Scenario}. */
enum CrashPoint {
  OPENED,
  WRITER_OPENED,
  FIRST_WRITE,
  FIRST_COMMIT,
  SECOND_WRITE,
  ONE_PARTITION_DONE,
  OTHER_PARTITION_WRITTEN,
  ALL_DONE,
  FINISHED,
  /** Not at all. */
  NEVER
}
