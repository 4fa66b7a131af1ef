package io.millrace.engine.shape;

/**
 * The numbers that metadata columns carry.
 *
 * @param syncId the sync
 * @param generationId the generation of the target's data
 */
public record SyncIds(long syncId, long generationId) {}
