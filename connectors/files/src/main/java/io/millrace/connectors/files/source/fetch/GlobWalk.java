package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the files that match a pattern in a tree of folders, entering only folders that may. */
final class GlobWalk {
  /** The largest number of files of one stream. */
  static final int FILES_MAX = 100_000;

  private static final int DEPTH_MAX = 64;

  /** How a kind of storage shows a folder. */
  interface Folders {
    /** Returns what is in a folder, in any order; empty when there is no such folder. */
    List<Entry> list(String folder) throws InterruptedException;
  }

  /**
   * Something in a folder.
   *
   * @param name its name within the folder
   * @param folder it is a folder
   * @param file what it is as a file; meaningless for a folder
   */
  record Entry(String name, boolean folder, FileVersion file) {}

  private final Glob glob;
  private final Folders folders;
  private final SortedMap<String, FileVersion> found = new TreeMap<>();

  GlobWalk(Glob glob, Folders folders) {
    this.glob = glob;
    this.folders = folders;
  }

  /** Returns the files, in the order of their paths. */
  List<FileVersion> files() throws InterruptedException {
    int fixed = glob.fixedParts();
    StringBuilder root = new StringBuilder();
    for (int i = 0; i < fixed; i++) {
      root.append(glob.part(i)).append('/');
    }
    enter(root.toString(), fixed, 0);
    return List.copyOf(found.values());
  }

  /**
   * @param folder ends with a separator; empty for the root of relative paths
   */
  private void enter(String folder, int part, int depth) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (depth > DEPTH_MAX) {
      return;
    }
    List<Entry> entries = folders.list(folder.isEmpty() ? "." : folder);
    if (glob.anyFolders(part)) {
      acrossFolders(folder, part, depth, entries);
    } else {
      within(folder, part, depth, entries);
    }
  }

  private void within(String folder, int part, int depth, List<Entry> entries)
      throws InterruptedException {
    boolean last = part == glob.size() - 1;
    for (Entry entry : entries) {
      if (!glob.matches(part, entry.name())) {
        continue;
      }
      if (last && !entry.folder()) {
        add(entry.file());
      } else if (!last && entry.folder()) {
        enter(folder + entry.name() + "/", part + 1, depth + 1);
      }
    }
  }

  private void acrossFolders(String folder, int part, int depth, List<Entry> entries)
      throws InterruptedException {
    boolean last = part == glob.size() - 1;
    for (Entry entry : entries) {
      boolean visible = !entry.name().startsWith(".");
      if (visible && entry.folder()) {
        enter(folder + entry.name() + "/", part, depth + 1);
      } else if (visible && last) {
        add(entry.file());
      }
    }
    if (!last) {
      if (glob.anyFolders(part + 1)) {
        acrossFolders(folder, part + 1, depth, entries);
      } else {
        within(folder, part + 1, depth, entries);
      }
    }
  }

  private void add(FileVersion file) {
    if (found.size() == FILES_MAX) {
      throw tooMany(glob.toString());
    }
    found.put(file.path(), file);
  }

  static ConfigException tooMany(String pattern) {
    return new ConfigException(
        "too_many_files",
        "More than "
            + FILES_MAX
            + " files match "
            + FileErrors.quoted(pattern)
            + ". Split them over several patterns.");
  }
}
