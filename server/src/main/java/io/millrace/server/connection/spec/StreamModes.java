package io.millrace.server.connection.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.http.Mistake;
import io.millrace.server.http.Mistakes;
import io.millrace.spi.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a stream's configuration can be synced. Pure. */
public final class StreamModes {
  private static final String READ = "syncMode";
  private static final String WRITE = "destinationSyncMode";

  private StreamModes() {}

  /** Returns what {@code syncMode} and {@code destinationSyncMode} mean together, or nothing. */
  public static Optional<SyncMode> mode(ObjectNode config) {
    String read = config.path(READ).asText();
    String write = config.path(WRITE).asText();
    return Optional.ofNullable(
        switch (read + " " + write) {
          case "full_refresh overwrite" -> SyncMode.FULL_REFRESH_OVERWRITE;
          case "full_refresh append" -> SyncMode.FULL_REFRESH_APPEND;
          case "full_refresh overwrite_dedup" -> SyncMode.FULL_REFRESH_OVERWRITE_DEDUP;
          case "incremental append" -> SyncMode.INCREMENTAL_APPEND;
          case "incremental append_dedup" -> SyncMode.INCREMENTAL_APPEND_DEDUP;
          default -> null;
        });
  }

  /**
   * Looks why a stream cannot be synced as configured, if it is selected. Of a mode that is null,
   * because what the client gave is none, nothing is said.
   *
   * @param place where its configuration stands in the request
   */
  public static void check(String place, ConnectionStream stream, Mistakes mistakes) {
    if (stream.selected()) {
      mistakes(place + ".", stream).forEach(mistakes::add);
      StreamNeeds.mistakes(place + ".", stream).forEach(mistakes::add);
    }
  }

  /**
   * Looks whether the destination can write a stream as configured, if it is selected. What is
   * stored already is no reason to refuse a change of something else.
   *
   * @param place where its configuration stands in the request
   * @param before the stream as it is stored, or null
   * @param writeModes what the destination offers; none where that is not known
   */
  public static void checkOffered(
      String place,
      @Nullable ConnectionStream before,
      ConnectionStream stream,
      Set<String> writeModes,
      Mistakes mistakes) {
    String mode = stream.config().path(WRITE).asText();
    boolean stored =
        before != null && before.selected() && before.config().path(WRITE).asText().equals(mode);
    boolean known = stream.selected() && !writeModes.isEmpty() && mode(stream.config()).isPresent();
    if (known && !stored && !writeModes.contains(mode)) {
      mistakes.add(
          new Mistake(
              place + "." + WRITE,
              mode,
              "one that the destination offers: "
                  + String.join(", ", writeModes.stream().sorted().toList())));
    }
  }

  /**
   * Returns what is wrong with a stream.
   *
   * @param place what stands before the names of fields
   */
  static List<Mistake> mistakes(String place, ConnectionStream stream) {
    List<Mistake> mistakes = new ArrayList<>();
    ObjectNode config = stream.config();
    boolean given = !config.path(READ).isNull() && !config.path(WRITE).isNull();
    if (given && mode(config).isEmpty()) {
      mistakes.add(
          new Mistake(
              place + WRITE,
              config.path(WRITE).asText(),
              "overwrite, append or overwrite_dedup for full_refresh, append or append_dedup for"
                  + " incremental"));
    }
    List<String> cursor = StreamJson.texts(config.path("cursorField"));
    if (cursor.size() > 1) {
      mistakes.add(
          new Mistake(
              place + "cursorField",
              String.join(".", cursor),
              "one top-level field; fields within objects cannot be cursors"));
    }
    for (List<String> path : StreamJson.paths(config.path("primaryKey"))) {
      if (path.size() != 1) {
        mistakes.add(
            new Mistake(
                place + "primaryKey",
                String.join(".", path),
                "top-level fields; fields within objects cannot be part of a key"));
      }
    }
    mistakes.addAll(NamedFields.nested(place, config));
    return mistakes;
  }
}
