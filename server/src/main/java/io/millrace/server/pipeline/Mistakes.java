package io.millrace.server.pipeline;

import io.millrace.spi.ConfigException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one text, a sentence each, so that a user can mend all at once. */
final class Mistakes {
  private static final String CODE = "pipeline_invalid";

  private final String text;
  private final List<String> sentences = new ArrayList<>();

  /** Collects the mistakes of a text that users know by this name. */
  Mistakes(String text) {
    this.text = text;
  }

  /** Returns where a value stands, for messages. */
  String place(String path) {
    return path.isEmpty() ? text : text + ": " + path;
  }

  /** Adds one; the sentence goes on behind the place. */
  void add(String path, String sentence) {
    sentences.add(place(path) + ": " + sentence);
  }

  /** Adds whole sentences. */
  void addAll(List<String> whole) {
    sentences.addAll(whole);
  }

  boolean none() {
    return sentences.isEmpty();
  }

  /**
   * Returns when there is none.
   *
   * @throws ConfigException with all sentences, a line each
   */
  void throwIfAny() {
    if (!sentences.isEmpty()) {
      throw new ConfigException(CODE, String.join("\n", sentences));
    }
  }

  /** Returns the failure of this mistake alone. */
  ConfigException alone(String sentence) {
    return new ConfigException(CODE, text + ": " + sentence);
  }
}
