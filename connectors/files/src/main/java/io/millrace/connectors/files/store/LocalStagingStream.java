package io.millrace.connectors.files.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a file in a hidden folder. */
final class LocalStagingStream extends StagingStream {
  private final String key;
  private final String token;
  private final Path path;
  private final FileChannel file;
  private long size;
  private boolean ended;

  LocalStagingStream(String key, String token, Path path) throws IOException {
    this.key = key;
    this.token = token;
    this.path = path;
    this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
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
      file.force(true);
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
