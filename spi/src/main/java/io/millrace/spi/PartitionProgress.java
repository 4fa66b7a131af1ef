package io.millrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * How much of a planned partition is durable at the destination.
 *
 * @param partition the partition as it was planned
 * @param checkpoint the newest durable checkpoint, or null when nothing of it is durable
 * @param done the whole partition is durable
 */
public record PartitionProgress(
    Partition partition, @Nullable Checkpoint checkpoint, boolean done) {}
