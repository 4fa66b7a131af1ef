package io.millrace.spi;

/**
 * Where the next incremental read of a stream begins: what {@link Source#advance} returned at the
 * end of the last sync. The engine stores it and never looks inside.
 *
 * @param version the format of the token, chosen by the source; it must read every version it ever
 *     wrote
 * @param token JSON text, readable and editable by people, without secrets
 */
public record StreamState(int version, String token) {}
