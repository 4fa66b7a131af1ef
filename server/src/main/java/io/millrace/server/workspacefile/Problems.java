package io.millrace.server.workspacefile;

import io.millrace.server.http.ApiException;
import io.millrace.spi.ConfigException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file, all of it, so that it can be said before the first change. */
final class Problems {
  /** More are counted and not said. */
  private static final int SAID_MAX = 50;

  private final List<String> sentences = new ArrayList<>();

  /** A look at a part of a file. */
  interface Look {
    /**
     * Looks.
     *
     * @throws ConfigException when the part is wrong
     * @throws ApiException when a rule of the server, asked here, says so
     */
    void run() throws InterruptedException;
  }

  /** Remembers what is wrong with a part of a file, if something is. */
  void look(String place, Look look) throws InterruptedException {
    try {
      look.run();
    } catch (ConfigException e) {
      add(place, e.userMessage());
    } catch (ApiException e) {
      add(place, e.sentence());
    }
  }

  /** Returns how much is wrong so far. */
  int count() {
    return sentences.size();
  }

  /** Remembers something wrong. */
  void add(String place, String sentence) {
    sentences.add(place + ": " + sentence);
  }

  /**
   * Ends here when something is wrong.
   *
   * @throws ConfigException that names every place, a line each
   */
  void refuse() {
    if (sentences.isEmpty()) {
      return;
    }
    int more = sentences.size() - SAID_MAX;
    List<String> said = new ArrayList<>(sentences.subList(0, Math.min(sentences.size(), SAID_MAX)));
    if (more > 0) {
      said.add("And " + more + " more.");
    }
    throw new ConfigException("workspace_file", String.join("\n", said));
  }
}
