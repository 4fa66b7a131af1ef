package io.millrace.connectors.files.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder of objects. Keys are relative to its root, their parts separated by {@code /}; they
 * never begin with {@code /} and hold no {@code .} or {@code ..} part.
 *
 * <p>Thread-safe. Blocking calls end within a few seconds of an interrupt. Failures are {@link
 * io.millrace.spi.ConnectorException}s whose sentence names the object.
 */
public interface ObjectStore extends AutoCloseable {
  /** Returns the full name of an object or folder, as a user would type it. */
  String display(String key);

  /**
   * Hands over every object whose key begins with {@code prefix}, in the order of their keys where
   * the store has one. A prefix that matches nothing is no error.
   */
  void list(String prefix, Consumer<StoredObject> found) throws InterruptedException;

  /**
   * Opens an object for reading.
   *
   * @param offset the first byte to read
   * @throws io.millrace.spi.ConfigException when there is no such object
   */
  InputStream open(String key, long offset) throws IOException, InterruptedException;

  /** Returns a small object, or null where there is none. */
  byte @Nullable [] read(String key) throws InterruptedException;

  /** Writes a small object, replacing an older one in one step; durable when it returns. */
  void put(String key, byte[] content) throws InterruptedException;

  /**
   * Writes a small object unless there is one of this key already; durable when it returns. Safe to
   * repeat. Of two that try at once, one is told that it came too late, where the store can tell.
   *
   * @return whether the object now has this content
   */
  boolean create(String key, byte[] content) throws InterruptedException;

  /** Removes objects; those that are gone already are no error. */
  void delete(Collection<String> keys) throws InterruptedException;

  /** Begins an object that stays invisible until {@link #publish}. */
  StagingStream stage(StagingArea area, String key) throws InterruptedException;

  /**
   * Makes a staged object visible under its key, in one step. Safe to repeat.
   *
   * @return false when the store no longer has it, neither staged nor published: it was removed
   *     from outside, by a lifecycle rule for instance
   */
  boolean publish(StagedObject staged) throws InterruptedException;

  /** Drops a staged object; one that is gone already is no error. Never drops a published one. */
  void discard(StagedObject staged) throws InterruptedException;

  /**
   * Drops every unpublished object of the area but those named.
   *
   * <p>What a killed process left is dropped where the store can name it; an S3 server that cannot
   * removes it itself after a while.
   *
   * @param keep staged objects to keep
   * @return the tokens of those of {@code keep} that the store still holds unpublished
   */
  Set<String> sweep(StagingArea area, Collection<StagedObject> keep) throws InterruptedException;

  /** Ends every connection. May be called twice; never throws. */
  @Override
  void close();
}
