package io.millrace.spi;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What one sync will read of a stream.
 *
 * @param schema the schema of every batch of every partition, fields in the order of {@link
 *     ConfiguredStream#columns}
 * @param partitions the pieces to read, in extraction order; empty when there is nothing to read
 */
public record StreamPlan(Schema schema, List<Partition> partitions) {
  public StreamPlan {
    partitions = List.copyOf(partitions);
  }
}
