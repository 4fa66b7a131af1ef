package io.millrace.server.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.protocol.ExactJson;
import io.millrace.spi.ConfigException;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON files whole: a reader, and a kill at any moment, meet the old or the new.
 */
final class StateFiles {
  private static final int FORMAT = 1;
  private static final String FORMAT_KEY = "format";

  private StateFiles() {}

  /** Returns an empty object that says its format. */
  static ObjectNode object() {
    return ExactJson.MAPPER.createObjectNode().put(FORMAT_KEY, FORMAT);
  }

  /**
   * Reads a file, or returns null where there is none.
   *
   * @throws ConfigException when it is no JSON, or of an unknown format
   */
  static @Nullable ObjectNode read(Path file) {
    JsonNode node;
    try {
      node = ExactJson.MAPPER.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return null;
    } catch (JsonProcessingException e) {
      throw unreadable(file, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new SystemException(
          "state_io", "The state file " + file + " cannot be read.", String.valueOf(e), e);
    }
    if (!(node instanceof ObjectNode object)) {
      throw unreadable(file, "it holds no JSON object", null);
    }
    int format = object.path(FORMAT_KEY).asInt(0);
    if (format != FORMAT) {
      throw new ConfigException(
          "state_format",
          "The state file "
              + file
              + " has format "
              + object.path(FORMAT_KEY).asText("(none)")
              + ", this version of Millrace knows format "
              + FORMAT
              + ". Use the version that wrote it.");
    }
    return object;
  }

  /** Writes a file in one step. */
  static void write(Path file, ObjectNode content) {
    try {
      byte[] bytes = ExactJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(content);
      write(file, bytes);
    } catch (JsonProcessingException e) {
      throw new SystemException(
          "state_io", "The state file " + file + " cannot be written.", e.toString(), e);
    }
  }

  /** Writes a file in one step. */
  static void write(Path file, byte[] bytes) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      try {
        Files.write(fresh, bytes);
      } catch (NoSuchFileException e) {
        Files.createDirectories(parent(file));
        Files.write(fresh, bytes);
      }
      move(fresh, file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Returns the failure for a file that cannot be written. */
  static ConfigException unwritable(Path file, IOException e) {
    return new ConfigException(
        "state_unwritable",
        "The state file "
            + file
            + " cannot be written ("
            + e.getClass().getSimpleName()
            + "): check that its folder may be written and its disk has room, or choose another"
            + " with --state-dir.",
        e.toString(),
        e);
  }

  /** Returns the failure for a file that somebody or something broke. */
  static ConfigException unreadable(Path file, String what, @Nullable Throwable cause) {
    return new ConfigException(
        "state_unreadable",
        "The state file "
            + file
            + " cannot be understood: "
            + what
            + ". Mend it, or begin the stream again with \"millrace state reset\".",
        what,
        cause);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }
}
