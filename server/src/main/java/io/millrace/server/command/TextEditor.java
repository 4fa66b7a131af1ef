package io.millrace.server.command;

import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lets the user change a text: in an editor, or by a file. */
final class TextEditor {
  private static final int BYTES_MAX = 16 << 20;

  private final Surroundings surroundings;

  TextEditor(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Opens the user's editor ($VISUAL, $EDITOR, else vi) on the text and returns what was saved. */
  String edit(String text) {
    String editor =
        surroundings
            .environment()
            .getOrDefault("VISUAL", surroundings.environment().getOrDefault("EDITOR", "vi"));
    try {
      Path file = Files.createTempFile("millrace-state-", ".json");
      try {
        Files.writeString(file, text);
        // The variable may hold arguments of its own, as "code --wait" does: a shell splits them.
        Process process =
            new ProcessBuilder(List.of("sh", "-c", editor + " \"$1\"", "sh", file.toString()))
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
          throw new ConfigException(
              "editor_failed", "The editor " + editor + " failed; nothing was changed.");
        }
        return Files.readString(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new ConfigException(
          "editor_failed",
          "The editor " + editor + " could not be run; set EDITOR, or use --set.",
          e.toString(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConfigException("editor_failed", "Stopped; nothing was changed.");
    }
  }

  /** Returns the text of a file, or of stdin for {@code -}. */
  static String read(Surroundings surroundings, String file) {
    try {
      byte[] bytes =
          file.equals("-")
              ? surroundings.stdin().readNBytes(BYTES_MAX)
              : Files.readAllBytes(surroundings.currentDirectory().resolve(file));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ConfigException(
          "file_unreadable", file + ": the file cannot be read.", e.toString(), e);
    }
  }
}
