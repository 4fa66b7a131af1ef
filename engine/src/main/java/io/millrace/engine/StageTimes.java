package io.millrace.engine;

/**
 * Where the time of a stream's partitions went, summed over all of them.
 *
 * @param readNanos waiting for the source and decoding
 * @param mapNanos shaping batches
 * @param writeNanos encoding and waiting for the destination
 * @param commitNanos making rows durable
 * @param publishNanos swap or merge; once the sync has ended, also the stream's share of the time
 *     in which the destination closed
 */
public record StageTimes(
    long readNanos, long mapNanos, long writeNanos, long commitNanos, long publishNanos) {}
