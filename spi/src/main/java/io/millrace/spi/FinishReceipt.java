package io.millrace.spi;

/**
 * The evidence of a publication.
 *
 * @param rowsPublished rows this sync brought into the target, after dedup; counted by the system
 *     itself where it can
 */
public record FinishReceipt(long rowsPublished) {}
