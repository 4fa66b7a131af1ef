package io.millrace.engine;

import java.util.Locale;

/** What happens when a stream's fields have changed since the last sync. */
public enum SchemaChangePolicy {
  /** New fields are added, types widened, dropped fields stay and get null. */
  PROPAGATE,
  /** New fields are left out; dropped fields stay and get null; widened types are followed. */
  IGNORE,
  /** The stream fails with a sentence that lists the changes, and nothing of it is read. */
  PAUSE;

  /** Returns the name used in pipelines. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
