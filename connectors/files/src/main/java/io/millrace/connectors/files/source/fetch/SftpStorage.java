package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.Notice;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/** Files on an SFTP server. A version is a file's size and time of change, in whole seconds. */
public final class SftpStorage implements FileStorage {
  private static final int READ_BYTES = 256 << 10;

  private final String pattern;
  private final SftpConnection connection;

  /**
   * @param pattern a path or pattern on the server
   */
  public SftpStorage(SftpLogin login, String pattern, Consumer<Notice> notices) {
    this.pattern = pattern;
    this.connection = new SftpConnection(login, notices);
  }

  @Override
  public List<FileVersion> list() throws InterruptedException {
    return connection.with(
        pattern,
        client -> {
          if (!Glob.hasWildcards(pattern)) {
            return List.of(file(client, pattern));
          }
          return new GlobWalk(new Glob(pattern), folder -> entries(client, folder)).files();
        });
  }

  @Override
  public InputStream open(FileVersion file, long offset) throws IOException, InterruptedException {
    return new RetryingInput(at -> from(file, at), offset);
  }

  private InputStream from(FileVersion file, long offset) throws InterruptedException {
    return connection.keeping(
        file.path(),
        client -> {
          requireSame(file(client, file.path()), file);
          InputStream input = client.read(file.path(), READ_BYTES);
          Content.skip(input, input.skip(offset) < offset ? offset : 0);
          return new FilterInputStream(input) {
            @Override
            public void close() throws IOException {
              try (client) {
                super.close();
              }
            }
          };
        });
  }

  @Override
  public void verify(FileVersion file) throws InterruptedException {
    connection.with(
        file.path(),
        client -> {
          requireSame(file(client, file.path()), file);
          return file;
        });
  }

  @Override
  public @Nullable Path localPath(FileVersion file) {
    return null;
  }

  @Override
  public void close() {
    connection.close();
  }

  private static void requireSame(FileVersion now, FileVersion file) {
    if (!now.sameContent(file)) {
      throw FileErrors.changed(file.path());
    }
  }

  private static FileVersion file(SftpClient client, String path) throws IOException {
    SftpClient.Attributes attributes = client.stat(path);
    if (!attributes.isRegularFile()) {
      throw FileErrors.notAFile(path);
    }
    return version(path, attributes);
  }

  private static FileVersion version(String path, SftpClient.Attributes attributes) {
    long modified =
        attributes.getModifyTime() == null
            ? -1
            : attributes.getModifyTime().to(TimeUnit.MICROSECONDS);
    return new FileVersion(path, attributes.getSize(), modified, "");
  }

  private static List<GlobWalk.Entry> entries(SftpClient client, String folder) {
    List<GlobWalk.Entry> entries = new ArrayList<>();
    try (SftpClient.CloseableHandle handle = client.openDir(folder)) {
      for (List<SftpClient.DirEntry> some = client.readDir(handle);
          some != null;
          some = client.readDir(handle)) {
        for (SftpClient.DirEntry entry : some) {
          add(client, folder, entry, entries);
        }
      }
    } catch (SftpException e) {
      if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
        return List.of();
      }
      throw SftpConnection.failure(folder, e);
    } catch (IOException e) {
      throw FileErrors.broken(folder, e);
    }
    return entries;
  }

  private static void add(
      SftpClient client, String folder, SftpClient.DirEntry entry, List<GlobWalk.Entry> entries)
      throws IOException {
    String name = entry.getFilename();
    if (name.equals(".") || name.equals("..")) {
      return;
    }
    String path = folder.equals(".") ? name : folder + name;
    SftpClient.Attributes attributes = entry.getAttributes();
    if (attributes.isSymbolicLink()) {
      attributes = target(client, path, attributes);
    }
    if (attributes.isDirectory() || attributes.isRegularFile()) {
      entries.add(new GlobWalk.Entry(name, attributes.isDirectory(), version(path, attributes)));
    }
  }

  private static SftpClient.Attributes target(
      SftpClient client, String path, SftpClient.Attributes link) throws IOException {
    try {
      return client.stat(path);
    } catch (SftpException e) {
      // The link points nowhere: there is no such file.
      return link;
    }
  }
}
