package io.millrace.connectors.files.store;

import io.millrace.spi.ConnectorException;
import io.millrace.spi.PathRule;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder on a disk. An object is staged as a file in the area's hidden folder and published by a
 * rename, so the folder and its hidden parts must lie on one file system.
 */
public final class LocalStore implements ObjectStore {
  private static final String HIDDEN = "_millrace";
  private static final String TEMPORARY = ".tmp";

  private final Path root;
  private final PathRule paths;

  /** Makes a store; the folder is made when it is first written to. */
  public LocalStore(Path root) {
    this(root, PathRule.ANY);
  }

  /**
   * Makes a store that keeps to a rule.
   *
   * @param paths which files may be read and written
   */
  public LocalStore(Path root, PathRule paths) {
    this.root = root.toAbsolutePath().normalize();
    this.paths = paths;
  }

  @Override
  public String display(String key) {
    return key.isEmpty()
        ? root.toString()
        : root.resolve(key).normalize().toString() + (key.endsWith("/") ? "/" : "");
  }

  private Path path(String key) {
    Path path = root.resolve(key).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException("A key leads out of its folder: " + key);
    }
    paths.check(path);
    return path;
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> found) {
    Path folder = path(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : sorted) {
        String key = key(file);
        if (key.startsWith(prefix)) {
          found.accept(
              new StoredObject(key, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
        }
      }
    } catch (IOException e) {
      throw LocalErrors.sort("list " + folder, e);
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause() == null ? new IOException(e) : e.getCause();
      throw LocalErrors.sort("list " + folder, cause);
    }
  }

  private String key(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  @Override
  public InputStream open(String key, long offset) throws IOException {
    try {
      SeekableByteChannel channel = Files.newByteChannel(path(key), StandardOpenOption.READ);
      return Channels.newInputStream(channel.position(offset));
    } catch (IOException e) {
      throw LocalErrors.sort("read " + path(key), e);
    }
  }

  @Override
  public byte @Nullable [] read(String key) {
    try {
      return Files.readAllBytes(path(key));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw LocalErrors.sort("read " + path(key), e);
    }
  }

  @Override
  public void put(String key, byte[] content) {
    Path target = path(key);
    try {
      move(writeBeside(target, content), target);
    } catch (IOException e) {
      throw LocalErrors.sort("write " + target, e);
    }
  }

  @Override
  public boolean create(String key, byte[] content) {
    Path target = path(key);
    try {
      Path beside = writeBeside(target, content);
      try {
        Files.createLink(target, beside);
        DurableFolders.sync(target.getParent());
        return true;
      } catch (FileAlreadyExistsException e) {
        return Arrays.equals(read(key), content);
      } catch (UnsupportedOperationException | FileSystemException e) {
        // A file system without links has no such step; what is there already is still seen.
        return createByMove(beside, target, content);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw LocalErrors.sort("write " + target, e);
    }
  }

  private static boolean createByMove(Path beside, Path target, byte[] content) throws IOException {
    if (Files.exists(target)) {
      return Arrays.equals(Files.readAllBytes(target), content);
    }
    move(beside, target);
    return true;
  }

  /** Writes a file that no reader looks at, on the same file system as its target. */
  private Path writeBeside(Path target, byte[] content) throws IOException {
    Path folder = Objects.requireNonNull(target.getParent(), "A file has a folder.");
    Path beside = hiddenFolder(folder).resolve(UUID.randomUUID() + TEMPORARY);
    DurableFolders.create(folder);
    DurableFolders.create(beside.getParent());
    // Not a channel: an interrupt must not close the file in the middle.
    try (FileOutputStream file = new FileOutputStream(beside.toFile())) {
      file.write(content);
      file.getFD().sync();
    }
    return beside;
  }

  /** Returns a folder that readers pass by, for a file that takes its place by a rename. */
  private Path hiddenFolder(Path folder) {
    for (Path part : root.relativize(folder)) {
      if (part.toString().equals(HIDDEN)) {
        return folder;
      }
    }
    return folder.resolve(HIDDEN);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    DurableFolders.sync(to.getParent());
  }

  @Override
  public void delete(Collection<String> keys) {
    Set<Path> folders = new LinkedHashSet<>();
    for (String key : keys) {
      Path path = path(key);
      try {
        if (Files.deleteIfExists(path)) {
          folders.add(path.getParent());
        }
      } catch (IOException e) {
        throw LocalErrors.sort("delete " + path, e);
      }
    }
    for (Path folder : folders) {
      DurableFolders.removeEmpty(folder, root);
    }
  }

  @Override
  public StagingStream stage(StagingArea area, String key) {
    String token = area.folder() + UUID.randomUUID() + ".staged";
    Path path = path(token);
    try {
      DurableFolders.create(path.getParent());
      return new LocalStagingStream(key, token, path);
    } catch (IOException e) {
      throw LocalErrors.sort("write " + path, e);
    }
  }

  @Override
  public boolean publish(StagedObject staged) {
    Path from = path(staged.token());
    Path to = path(staged.key());
    try {
      DurableFolders.create(to.getParent());
      move(from, to);
      return true;
    } catch (NoSuchFileException e) {
      return Files.isRegularFile(to);
    } catch (IOException e) {
      throw LocalErrors.sort("publish " + to, e);
    }
  }

  @Override
  public void discard(StagedObject staged) {
    try {
      Files.deleteIfExists(path(staged.token()));
    } catch (IOException e) {
      throw LocalErrors.sort("clean up " + path(staged.token()), e);
    }
  }

  @Override
  public Set<String> sweep(StagingArea area, Collection<StagedObject> keep) {
    Set<String> tokens = new HashSet<>();
    keep.forEach(staged -> tokens.add(staged.token()));
    Set<String> kept = new HashSet<>();
    list(
        area.folder(),
        object -> {
          if (tokens.contains(object.key())) {
            kept.add(object.key());
          } else if (object.key().endsWith(".staged")) {
            discard(new StagedObject(object.key(), object.key(), object.size()));
          }
        });
    return kept;
  }

  @Override
  public void close() {}

  /** Sorts a failure of a staging stream. */
  static ConnectorException sort(Path path, IOException failure) {
    return LocalErrors.sort("write " + path, failure);
  }
}
