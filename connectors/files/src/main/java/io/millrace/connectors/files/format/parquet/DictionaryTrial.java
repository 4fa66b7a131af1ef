package io.millrace.connectors.files.format.parquet;

/**
 * Decides whether a chunk has a dictionary: it begins with one, and goes on without when many of
 * its first values are distinct or the dictionary has grown too large.
 */
final class DictionaryTrial {
  private static final int VALUES_JUDGED = 8192;

  private final boolean wanted;
  private boolean running;
  private boolean used;
  private long seen;

  DictionaryTrial(boolean wanted) {
    this.wanted = wanted;
    this.running = wanted;
  }

  /** Tells whether values go to the dictionary. */
  boolean running() {
    return running;
  }

  /** Tells whether a page of the chunk needs the dictionary. */
  boolean used() {
    return used;
  }

  void saw(int values) {
    seen += values;
  }

  /** Tells whether so many distinct values among those seen do not pay. */
  boolean failed(int distinct) {
    return seen >= VALUES_JUDGED && distinct > seen / 2;
  }

  void giveUp() {
    running = false;
  }

  void pageEnded() {
    used = true;
  }

  void beginChunk() {
    running = wanted;
    used = false;
    seen = 0;
  }
}
