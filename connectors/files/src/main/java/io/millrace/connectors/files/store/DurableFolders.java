package io.millrace.connectors.files.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Makes and removes folders so that a crash of the machine does not undo it. */
final class DurableFolders {
  private static final int ATTEMPTS_MAX = 20;

  private DurableFolders() {}

  /** Makes the folder and those above it, and syncs each that gained an entry. */
  static void create(@Nullable Path folder) throws IOException {
    if (folder == null || Files.isDirectory(folder)) {
      return;
    }
    create(folder.getParent());
    make(folder);
    sync(folder.getParent());
  }

  /** Another stream may remove a folder above that is empty between two steps of ours. */
  private static void make(Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createDirectories(folder);
        return;
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  /** Makes the entries of a folder durable, where the system can do so. */
  static void sync(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open folders, and some network file systems cannot sync them.
    }
  }

  /** Removes the folder and those above it while they are empty, up to {@code root}. */
  static void removeEmpty(Path folder, Path root) {
    Path at = folder;
    try {
      while (at != null && !at.equals(root) && at.startsWith(root)) {
        Files.delete(at);
        at = at.getParent();
      }
    } catch (DirectoryNotEmptyException e) {
      sync(at);
    } catch (IOException e) {
      // An empty folder that stays does no harm.
    }
  }
}
