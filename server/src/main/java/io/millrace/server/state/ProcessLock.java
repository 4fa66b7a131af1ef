package io.millrace.server.state;

import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one process at a time works on a folder. The system itself frees the lock when
 * the process ends, however it ends.
 */
public final class ProcessLock implements AutoCloseable {
  private static final int PID_CHARS_MAX = 32;

  private final FileChannel channel;

  /** Says who has the lock. */
  @FunctionalInterface
  public interface Refusal {
    /** Returns what is thrown; {@code process} is the holder's process id. */
    ConfigException by(String process);
  }

  private ProcessLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param file the lock's file; its folder is made
   * @param refusal the sentence for people when another process has it, from that process's id
   * @throws ConfigException when another process has it
   */
  public static ProcessLock take(Path file, Refusal refusal) {
    FileChannel channel = open(file);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock(0, 1, false);
    } catch (OverlappingFileLockException e) {
      // This process has it already; said below.
    } catch (IOException e) {
      close(channel);
      throw StateFiles.unwritable(file, e);
    }
    if (lock == null) {
      String holder = holder(channel);
      close(channel);
      throw refusal.by(holder);
    }
    writeHolder(channel, file);
    return new ProcessLock(channel);
  }

  @Override
  public void close() {
    close(channel);
  }

  private static FileChannel open(Path file) {
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw StateFiles.unwritable(file, e);
    }
  }

  /** The first byte is locked; the process id stands behind it, where others may read. */
  private static void writeHolder(FileChannel channel, Path file) {
    try {
      byte[] text = ("\n" + ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text), 0);
    } catch (IOException e) {
      close(channel);
      throw StateFiles.unwritable(file, e);
    }
  }

  private static String holder(FileChannel channel) {
    try {
      ByteBuffer text = ByteBuffer.allocate(PID_CHARS_MAX);
      channel.read(text, 1);
      text.flip();
      return StandardCharsets.US_ASCII.decode(text).toString().strip();
    } catch (IOException e) {
      return "(unknown)";
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written through it that matters; the lock is gone with the descriptor.
    }
  }
}
