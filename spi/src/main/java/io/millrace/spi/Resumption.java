package io.millrace.spi;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** A source's answer to the question how an interrupted read goes on. */
public sealed interface Resumption {
  /**
   * The read goes on where it stopped.
   *
   * @param plan every partition of the sync, finished ones included, with unchanged ids; partitions
   *     with new ids may be added. Tokens may differ from those planned first.
   */
  record Continue(StreamPlan plan) implements Resumption {}

  /**
   * The rows that are durable already do not fit what would be read now, so the stream begins again
   * from nothing. Only an answer for staged write modes, where no reader has seen a row yet.
   *
   * @param reason one sentence for people
   * @param plan what to read instead
   */
  record Restart(String reason, StreamPlan plan) implements Resumption {}

  /** Returns what to read from here on. */
  StreamPlan plan();

  /** Returns the partitions to read from here on. */
  default List<Partition> partitions() {
    return plan().partitions();
  }

  /** Returns the schema of the batches to come. */
  default Schema schema() {
    return plan().schema();
  }
}
