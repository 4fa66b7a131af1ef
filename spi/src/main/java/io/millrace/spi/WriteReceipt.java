package io.millrace.spi;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param rowsTaken the rows that will be durable with the next commit
 * @param rejected the rows the destination cannot hold
 */
public record WriteReceipt(long rowsTaken, List<RejectedRow> rejected) {
  public WriteReceipt {
    rejected = List.copyOf(rejected);
  }
}
