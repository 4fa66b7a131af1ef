package io.millrace.connectors.files.source.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where files are.
 *
 * <p>Thread-safe. Every blocking call ends within a few seconds of an interrupt. Failures are
 * {@link io.millrace.spi.ConnectorException}s whose sentence names the file; an {@link IOException}
 * comes only from reading an open stream.
 */
public interface FileStorage extends AutoCloseable {
  /**
   * Returns the files that match, in the order of their paths. Empty when a pattern with wildcards
   * matches none.
   *
   * @throws io.millrace.spi.ConfigException when a path without wildcards is no file
   */
  List<FileVersion> list() throws InterruptedException;

  /**
   * Opens a file.
   *
   * @param offset the first byte to read
   * @throws io.millrace.spi.TransientException with code {@link FileErrors#CHANGED} when the file
   *     is no longer this version
   */
  InputStream open(FileVersion file, long offset) throws IOException, InterruptedException;

  /**
   * Makes sure, after a file was read, that it is still the same version; does nothing where an
   * open stream cannot mix two versions.
   *
   * @throws io.millrace.spi.TransientException as {@link #open} does
   */
  void verify(FileVersion file) throws InterruptedException;

  /** Returns the file's own path where it is on this machine, or null. */
  @Nullable Path localPath(FileVersion file);

  /** Ends every connection. May be called twice; never throws. */
  @Override
  void close();
}
