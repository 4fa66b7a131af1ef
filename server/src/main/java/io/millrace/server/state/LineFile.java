package io.millrace.server.state;

import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file of lines that grows at its end. What a kill left without a line's end is cut off before
 * the next line is added, and is no line for readers.
 */
final class LineFile {
  private static final int TAIL_BYTES = 4096;

  private final Path path;

  LineFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Adds whole lines at the end. */
  void append(String... lines) {
    ByteBuffer bytes =
        ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      Path parent = path.getParent();
      if (parent != null && !Files.isDirectory(parent)) {
        Files.createDirectories(parent);
      }
      try (FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.position(endOfLastLine(channel));
        channel.truncate(channel.position());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    } catch (IOException e) {
      throw StateFiles.unwritable(path, e);
    }
  }

  /** Returns the whole lines; empty where there is no file. */
  List<String> lines() {
    try {
      String text = Files.readString(path, StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n');
      return end < 0 ? List.of() : text.substring(0, end).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new SystemException(
          "state_io", "The file " + path + " cannot be read.", String.valueOf(e), e);
    }
  }

  /** Returns the file's size in bytes, 0 where there is none. */
  long bytes() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }

  private static long endOfLastLine(FileChannel channel) throws IOException {
    long end = channel.size();
    ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);
    while (end > 0) {
      long start = Math.max(0, end - TAIL_BYTES);
      tail.clear().limit((int) (end - start));
      while (tail.hasRemaining() && channel.read(tail, start + tail.position()) >= 0) {
        // A read may return less than was asked for.
      }
      for (int i = tail.position() - 1; i >= 0; i--) {
        if (tail.get(i) == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }
}
