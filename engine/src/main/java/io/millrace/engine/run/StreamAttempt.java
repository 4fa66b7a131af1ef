package io.millrace.engine.run;

import io.millrace.engine.OpenRead;
import io.millrace.engine.mapper.Mapping;
import io.millrace.engine.shape.BatchShaper;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.StreamLoader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One attempt at a stream: what its partitions share.
 *
 * @param context the sync
 * @param stream as the user chose it
 * @param open the read
 * @param mapping the stream's mappers, over the schema of the source's batches
 * @param generationId the generation of the target's data
 * @param loader where rows go
 * @param counters the stream's live counts
 */
record StreamAttempt(
    SyncContext context,
    ConfiguredStream stream,
    OpenRead open,
    Mapping mapping,
    long generationId,
    StreamLoader loader,
    StreamCounters counters) {

  /** Makes the shaper of one partition, whose mapper gives batches of a schema. */
  BatchShaper shaper(Schema batches) {
    return BatchShaper.of(
        context.destination().traits(),
        batches,
        mapping.names(stream.primaryKey()),
        context.ids(open.syncId(), generationId),
        context.clock(),
        context.allocator());
  }
}
