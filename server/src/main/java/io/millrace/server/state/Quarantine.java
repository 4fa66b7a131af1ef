package io.millrace.server.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.StreamName;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks at the rows that one pipeline keeps in quarantine; changes nothing. */
public final class Quarantine {
  private static final String SUFFIX = ".jsonl";

  private final StateFolder folder;

  /** Looks into a pipeline's folder. */
  public Quarantine(StateFolder folder) {
    this.folder = folder;
  }

  /**
   * What is kept of one stream.
   *
   * @param stream the stream
   * @param rows how many rows are kept
   * @param dropped how many older ones were dropped to keep within the bound
   * @param newest when the newest came, as text
   * @param reason why the newest was refused
   */
  public record Kept(StreamName stream, long rows, long dropped, String newest, String reason) {}

  /** Returns the streams that have rows in quarantine, by name. */
  public List<Kept> streams() {
    List<Kept> all = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder.quarantine(), "*" + SUFFIX)) {
      for (Path file : files) {
        List<ObjectNode> rows = QuarantineFiles.read(file);
        if (!rows.isEmpty()) {
          ObjectNode last = rows.getLast();
          all.add(
              new Kept(
                  StreamCodec.name(last.path("stream")),
                  rows.size(),
                  QuarantineFiles.dropped(file),
                  last.path("time").asText(),
                  last.path("reason").asText()));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new SystemException(
          "state_io",
          "The folder " + folder.quarantine() + " cannot be read.",
          String.valueOf(e),
          e);
    }
    all.sort(Comparator.comparing(Kept::stream));
    return all;
  }

  /** Returns the rows of a stream as JSON objects, oldest first. */
  public List<ObjectNode> rows(StreamName stream) {
    return QuarantineFiles.read(folder.quarantine(stream));
  }
}
