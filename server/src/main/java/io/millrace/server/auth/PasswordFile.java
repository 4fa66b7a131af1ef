package io.millrace.server.auth;

import io.millrace.server.pipeline.ConfigurationReferences;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that holds a generated password until somebody chooses another: what a service prints
 * ends in a journal that many read, or nowhere.
 *
 * @param path the file
 */
public record PasswordFile(Path path) {
  /** Its name; no configuration may refer to a file of this name. */
  public static final String NAME = ConfigurationReferences.OWN_LOGIN_FILE;

  private static final Logger LOG = LoggerFactory.getLogger(PasswordFile.class);

  /** Returns the one of a data directory. */
  public static PasswordFile in(Path folder) {
    return new PasswordFile(folder.resolve(NAME));
  }

  /** Writes it anew, readable by its owner alone. */
  void write(String user, String password) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] owner =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.deleteIfExists(path);
      Files.createFile(path, owner);
      Files.writeString(path, user + "\n" + password + "\n");
    } catch (IOException e) {
      String name = e.getClass().getSimpleName();
      throw new ConfigException(
          "login", "The login cannot be written to " + path + " (" + name + ").", e.toString(), e);
    }
  }

  /** Removes it, when its password is no longer the one. */
  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", path).setCause(e).log("old_login_file_remains");
    }
  }
}
