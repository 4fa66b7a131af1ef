package io.millrace.server.secret;

import io.millrace.server.pipeline.ConfigurationReferences;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file with the keys, a line each, the one that encrypts first; only its owner may read it. */
final class KeyFile {
  static final String NAME = ConfigurationReferences.OWN_KEY_FILE;

  private static final String HEAD =
      "# Opens the secrets of this data directory. Keep a copy apart from it.\n";
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");
  private static final int FILE_BYTES_MAX = 1 << 16;
  private static final String CODE = "secret_key";

  private final Path file;

  private KeyFile(Path file) {
    this.file = file;
  }

  static KeyFile in(Path dataDirectory) {
    return new KeyFile(dataDirectory.resolve(NAME));
  }

  Path path() {
    return file;
  }

  /** Returns the keys; none when there is no file. */
  List<SealingKey> read() {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw damaged();
      }
      List<SealingKey> keys = new ArrayList<>();
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          keys.add(SealingKey.read(line).orElseThrow(this::damaged));
        }
      }
      if (keys.isEmpty()) {
        throw damaged();
      }
      return keys;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new ConfigException(
          CODE,
          "The file of the secrets' key, " + file + ", cannot be read (" + name(e) + ").",
          e.toString(),
          e);
    }
  }

  /**
   * Takes the file from everybody but its owner.
   *
   * @return what to tell people where others could read it; mostly nothing
   */
  Optional<String> guard() {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null || !Files.exists(file)) {
      return Optional.empty();
    }
    String others = "The file of the secrets' key, " + file + ", could be read by others (";
    try {
      Set<PosixFilePermission> found = view.readAttributes().permissions();
      String text = PosixFilePermissions.toString(found);
      if (OWNERS.containsAll(found)) {
        return Optional.empty();
      }
      others += text + ")";
      view.setPermissions(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
      return Optional.of(
          others
              + "; now only its owner reads it. Whoever has read it opens the secrets: \"millrace"
              + " secrets rotate\" gives them another key.");
    } catch (IOException e) {
      return Optional.of(
          others
              + " and its mode cannot be changed from here. Give it mode 0600, owned by the"
              + " account that runs the server.");
    }
  }

  /** Returns the keys; makes one where there is no file. */
  List<SealingKey> readOrMake() {
    List<SealingKey> keys = read();
    if (!keys.isEmpty()) {
      return keys;
    }
    List<SealingKey> made = List.of(SealingKey.random());
    write(made);
    return made;
  }

  /** Replaces the file in one step: after a kill it holds the old keys or the new ones. */
  void write(List<SealingKey> keys) {
    StringBuilder text = new StringBuilder(HEAD);
    keys.forEach(key -> text.append(key.text()).append('\n'));
    Path next = file.resolveSibling(NAME + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.deleteIfExists(next);
      writeNew(next, text.toString());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder();
    } catch (IOException e) {
      throw new ConfigException(
          CODE,
          "The file of the secrets' key, " + file + ", cannot be written (" + name(e) + ").",
          e.toString(),
          e);
    }
  }

  private static void writeNew(Path next, String text) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] owner =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (FileChannel channel =
        FileChannel.open(
            next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private void syncFolder() throws IOException {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private ConfigException damaged() {
    return new ConfigException(
        CODE,
        "The file of the secrets' key, "
            + file
            + ", is damaged; expected the base64 of 32 bytes on each line. Put its copy back.");
  }

  private static String name(IOException e) {
    return e.getClass().getSimpleName();
  }
}
