package io.millrace.testkit.fake;

/** The points at which a {@link FaultPlan} can interfere. */
public enum Step {
  SOURCE_CHECK,
  DISCOVER,
  PLAN,
  RESUME,
  READ,
  NEXT,
  CHECKPOINT,
  ADVANCE,
  DESTINATION_CHECK,
  PREVIEW,
  /** Before the loader's target is made or evolved. */
  OPEN,
  /** After the target was made or evolved, before the loader is handed over. */
  OPENED,
  COMMITS,
  /** Before the rows are removed. */
  DISCARD,
  /** After the rows were removed, before the call returns. */
  DISCARDED,
  WRITER,
  WRITE,
  /** Before rows and commit record become durable. */
  COMMIT,
  /** After they became durable, before the call returns. */
  COMMITTED,
  /** Before the publication. */
  FINISH,
  /** After the publication, before the call returns. */
  FINISHED
}
