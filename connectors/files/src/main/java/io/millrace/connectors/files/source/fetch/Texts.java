package io.millrace.connectors.files.source.fetch;

import java.nio.charset.Charset;
import java.util.Optional;

/** Opens files as text: as they are, or as a format shows them. Thread-safe. */
public interface Texts {
  /**
   * Opens a text.
   *
   * @param encoding the encoding; empty: what the byte order mark says, or UTF-8
   * @param offset the first byte of UTF-8 to read
   */
  Content.Text text(FileVersion file, Optional<Charset> encoding, long offset)
      throws InterruptedException;

  /** Tells whether opening a file costs next to nothing, in its middle too. */
  boolean isLocal(FileVersion file);
}
