package io.millrace.connectors.files.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file in a hidden folder. */
final class LocalStagingStream extends StagingStream {
  private final String key;
  private final String token;
  private final Path path;
  private final FileOutputStream file;
  private long size;
  private boolean ended;

  LocalStagingStream(String key, String token, Path path) throws IOException {
    this.key = key;
    this.token = token;
    this.path = path;
    this.file = new FileOutputStream(path.toFile());
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    try {
      file.write(source, offset, length);
    } catch (IOException e) {
      throw LocalStore.sort(path, e);
    }
    size += length;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public StagedObject seal() {
    try {
      file.getFD().sync();
      file.close();
    } catch (IOException e) {
      throw LocalStore.sort(path, e);
    }
    DurableFolders.sync(path.getParent());
    ended = true;
    return new StagedObject(key, token, size);
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      file.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The next sweep of the area removes the file.
    }
  }
}
