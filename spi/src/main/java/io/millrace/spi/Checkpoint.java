package io.millrace.spi;

/**
 * How far a partition has been read. The engine stores it with the rows it covers and never looks
 * inside.
 *
 * @param version the format of the token, chosen by the source; it must read every version it ever
 *     wrote
 * @param token JSON text, readable by people, without secrets
 */
public record Checkpoint(int version, String token) {}
