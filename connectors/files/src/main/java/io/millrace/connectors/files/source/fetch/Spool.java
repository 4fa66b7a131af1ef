package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.ConfigException;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies of remote files whose format can only be read from a local file (zip, Parquet, Excel).
 * Local files are used where they are. Thread-safe.
 */
public final class Spool implements AutoCloseable {
  /** The largest size of all copies together. */
  public static final long BYTES_MAX = 20L << 30;

  private static final int COPY_BYTES = 256 << 10;

  private final FileStorage storage;
  private final Path folder;
  private final Map<FileVersion, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private int made;

  /**
   * @param folder takes the copies
   */
  public Spool(FileStorage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /** A local file that stays until the lease is closed. */
  public final class Lease implements AutoCloseable {
    private final Path path;
    private final @Nullable Copy copy;
    private boolean closed;

    private Lease(Path path, @Nullable Copy copy) {
      this.path = path;
      this.copy = copy;
    }

    /** Returns the file. */
    public Path path() {
      return path;
    }

    @Override
    public void close() {
      synchronized (Spool.this) {
        if (copy != null && !closed) {
          copy.leases--;
        }
        closed = true;
      }
    }
  }

  private static final class Copy {
    private final Path path;
    private long size;
    private int leases;

    private Copy(Path path) {
      this.path = path;
    }
  }

  /** Tells whether a file is on this machine already. */
  public boolean isLocal(FileVersion file) {
    return storage.localPath(file) != null;
  }

  /** Returns the file itself, or a copy of it, which is made when there is none yet. */
  public Lease lease(FileVersion file) throws InterruptedException {
    Path local = storage.localPath(file);
    if (local != null) {
      return new Lease(local, null);
    }
    synchronized (this) {
      Copy copy = copies.get(file);
      if (copy == null) {
        copy = copy(file);
        copies.put(file, copy);
      }
      copy.leases++;
      return new Lease(copy.path, copy);
    }
  }

  private Copy copy(FileVersion file) throws InterruptedException {
    Copy copy = new Copy(folder.resolve("spool-" + made++));
    try (InputStream from = storage.open(file, 0);
        OutputStream to = Files.newOutputStream(copy.path)) {
      byte[] buffer = new byte[COPY_BYTES];
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        makeRoom(file, read);
        write(to, buffer, read);
        copy.size += read;
        bytes += read;
      }
      return copy;
    } catch (IOException e) {
      remove(copy);
      throw FileErrors.broken(file.path(), e);
    } catch (RuntimeException | Error | InterruptedException e) {
      remove(copy);
      throw e;
    }
  }

  private void write(OutputStream to, byte[] buffer, int count) {
    try {
      to.write(buffer, 0, count);
    } catch (IOException e) {
      throw new SystemException(
          "spool_failed",
          "The folder for temporary files, " + folder + ", cannot be written: is its disk full?",
          String.valueOf(e.getMessage()),
          e);
    }
  }

  private void makeRoom(FileVersion file, int wanted) {
    while (bytes + wanted > BYTES_MAX) {
      Map.Entry<FileVersion, Copy> unused = unused();
      if (unused == null) {
        throw new ConfigException(
            "spool_full",
            FileErrors.quoted(file.path())
                + " must be copied to this machine to be read, and the copies would take more than "
                + (BYTES_MAX >> 30)
                + " GiB. Bring the files here by other means.");
      }
      copies.remove(unused.getKey());
      remove(unused.getValue());
    }
  }

  private Map.@Nullable Entry<FileVersion, Copy> unused() {
    for (Map.Entry<FileVersion, Copy> entry : copies.entrySet()) {
      if (entry.getValue().leases == 0) {
        return entry;
      }
    }
    return null;
  }

  private void remove(Copy copy) {
    bytes -= copy.size;
    try {
      Files.deleteIfExists(copy.path);
    } catch (IOException e) {
      // The engine removes the folder with everything in it.
    }
  }

  /** Removes every copy. */
  @Override
  public synchronized void close() {
    copies.values().forEach(this::remove);
    copies.clear();
  }
}
