package io.millrace.engine.shape;

/**
 * The numbers that metadata columns carry.
 *
 * @param syncId what rows name as the sync that brought them; destinations know syncs by {@link
 *     io.millrace.spi.LoadPlan#syncId} instead
 * @param generationId the generation of the target's data
 */
public record SyncIds(long syncId, long generationId) {}
