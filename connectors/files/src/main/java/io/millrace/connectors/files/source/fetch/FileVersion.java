package io.millrace.connectors.files.source.fetch;

/**
 * A file as its storage shows it at one moment.
 *
 * @param path where it is in its storage: an absolute path, a key, a URL without secrets
 * @param size its size in bytes, or -1 where the storage does not tell
 * @param modifiedMicros when it was last written, in microseconds since 1970-01-01T00:00:00Z, or -1
 * @param tag what the storage calls this content (an ETag), or empty
 */
public record FileVersion(String path, long size, long modifiedMicros, String tag) {
  /** Tells whether the storage says enough to know this content from another. */
  public boolean canTell() {
    return !tag.isEmpty() || modifiedMicros >= 0;
  }

  /** Tells whether the file surely has the same content, as far as its storage can tell. */
  public boolean sameContent(FileVersion other) {
    if (size >= 0 && other.size >= 0 && size != other.size) {
      return false;
    }
    if (!tag.isEmpty() && !other.tag.isEmpty()) {
      return tag.equals(other.tag);
    }
    return canTell() && size == other.size && modifiedMicros == other.modifiedMicros;
  }

  /** Returns the last part of the path, without a query. */
  public String name() {
    String bare = path.contains("://") ? path.replaceFirst("[?#].*$", "") : path;
    return bare.substring(bare.lastIndexOf('/') + 1);
  }
}
