package io.millrace.connectors.files.store;

/**
 * An object that is durable and that no reader can see yet: {@link ObjectStore#publish} shows it,
 * {@link ObjectStore#discard} drops it. Its three values are all another process needs to do so.
 *
 * @param key the name it will have
 * @param token where the store keeps it, in the store's own words
 * @param size its size in bytes
 */
public record StagedObject(String key, String token, long size) {}
