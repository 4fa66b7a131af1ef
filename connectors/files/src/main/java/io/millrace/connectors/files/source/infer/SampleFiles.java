package io.millrace.connectors.files.source.infer;

import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.Texts;
import java.util.ArrayList;
import java.util.List;

/** Chooses which of many files are looked at, and whether in full. */
public final class SampleFiles {
  /** The largest number of files that are looked at when they are not looked at in full. */
  public static final int FILES_MAX = 32;

  private SampleFiles() {}

  /**
   * What to look at.
   *
   * @param files the files
   * @param full every byte of them, and they are all files there are
   */
  public record Choice(List<FileVersion> files, boolean full) {
    public Choice {
      files = List.copyOf(files);
    }
  }

  /**
   * Chooses from files.
   *
   * @param fullBytesMax local files of so many bytes together are looked at in full anyway
   */
  public static Choice of(
      List<FileVersion> files, Thoroughness thoroughness, Texts texts, long fullBytesMax) {
    boolean full = thoroughness == Thoroughness.FULL || small(files, texts, fullBytesMax);
    return new Choice(full ? files : spread(files), full);
  }

  private static boolean small(List<FileVersion> files, Texts texts, long bytesMax) {
    long bytes = 0;
    for (FileVersion file : files) {
      bytes += texts.isLocal(file) && file.size() >= 0 ? file.size() : bytesMax + 1;
      if (bytes > bytesMax) {
        return false;
      }
    }
    return true;
  }

  /** Returns the first, the last, and others evenly between them. */
  public static List<FileVersion> spread(List<FileVersion> files) {
    if (files.size() <= FILES_MAX) {
      return files;
    }
    List<FileVersion> chosen = new ArrayList<>(FILES_MAX);
    for (int i = 0; i < FILES_MAX; i++) {
      chosen.add(files.get((int) ((long) i * (files.size() - 1) / (FILES_MAX - 1))));
    }
    return chosen;
  }
}
