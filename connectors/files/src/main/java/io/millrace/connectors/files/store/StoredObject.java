package io.millrace.connectors.files.store;

import java.time.Instant;

/**
 * An object as a listing shows it.
 *
 * @param key its name below the store's root, parts separated by {@code /}
 * @param size its size in bytes
 * @param modified when it was last written
 */
public record StoredObject(String key, long size, Instant modified) {}
