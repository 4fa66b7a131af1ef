package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.PathRule;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Files on this machine. */
public final class LocalStorage implements FileStorage {
  private final String pattern;
  private final PathRule paths;

  /**
   * @param pattern an absolute path or pattern; a file that has wildcards in its very name is found
   *     too
   * @param paths which files may be read; a pattern that finds another one is refused
   */
  public LocalStorage(Path pattern, PathRule paths) {
    this.paths = paths;
    this.pattern = pattern.toString().replace(File.separatorChar, '/');
  }

  @Override
  public List<FileVersion> list() throws InterruptedException {
    Path literal = Path.of(pattern);
    if (!Glob.hasWildcards(pattern) || Files.isRegularFile(literal)) {
      return List.of(file(literal));
    }
    List<FileVersion> found = new GlobWalk(new Glob(pattern), LocalStorage::entries).files();
    found.forEach(file -> paths.check(Path.of(file.path())));
    return found;
  }

  @Override
  public InputStream open(FileVersion file, long offset) throws IOException {
    Path path = Path.of(file.path());
    verify(file);
    FileChannel channel;
    try {
      channel = FileChannel.open(path);
    } catch (IOException e) {
      throw FileErrors.local(file.path(), e);
    }
    try {
      channel.position(offset);
      return Channels.newInputStream(channel);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void verify(FileVersion file) {
    if (!file(Path.of(file.path())).sameContent(file)) {
      throw FileErrors.changed(file.path());
    }
  }

  @Override
  public Path localPath(FileVersion file) {
    return Path.of(file.path());
  }

  @Override
  public void close() {}

  private FileVersion file(Path path) {
    paths.check(path);
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      throw FileErrors.local(path.toString(), e);
    }
    if (!attributes.isRegularFile()) {
      throw FileErrors.notAFile(path.toString());
    }
    if (!Files.isReadable(path)) {
      throw FileErrors.denied(path.toString(), new IOException("not readable"));
    }
    return version(path, attributes);
  }

  private static FileVersion version(Path path, BasicFileAttributes attributes) {
    long modified = attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS);
    return new FileVersion(
        path.toString().replace(File.separatorChar, '/'), attributes.size(), modified, "");
  }

  private static List<GlobWalk.Entry> entries(String folder) {
    List<GlobWalk.Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(Path.of(folder))) {
      for (Path path : stream) {
        add(path, entries);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw FileErrors.local(folder, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw FileErrors.local(folder, e);
    }
    return entries;
  }

  private static void add(Path path, List<GlobWalk.Entry> entries) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory() || attributes.isRegularFile()) {
        entries.add(
            new GlobWalk.Entry(
                path.getFileName().toString(),
                attributes.isDirectory(),
                version(path, attributes)));
      }
    } catch (IOException e) {
      // It vanished since the folder was listed, or its link points nowhere: there is no such file.
    }
  }
}
