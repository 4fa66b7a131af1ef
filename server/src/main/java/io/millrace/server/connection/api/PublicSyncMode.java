package io.millrace.server.connection.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The public API's names for a way to read together with a way to write. */
enum PublicSyncMode {
  FULL_REFRESH_OVERWRITE("full_refresh", "overwrite"),
  FULL_REFRESH_OVERWRITE_DEDUPED("full_refresh", "overwrite_dedup"),
  FULL_REFRESH_APPEND("full_refresh", "append"),
  FULL_REFRESH_UPDATE("full_refresh", "update"),
  FULL_REFRESH_SOFT_DELETE("full_refresh", "soft_delete"),
  INCREMENTAL_APPEND("incremental", "append"),
  INCREMENTAL_DEDUPED_HISTORY("incremental", "append_dedup"),
  INCREMENTAL_UPDATE("incremental", "update"),
  INCREMENTAL_SOFT_DELETE("incremental", "soft_delete");

  private final String read;
  private final String write;

  PublicSyncMode(String read, String write) {
    this.read = read;
    this.write = write;
  }

  String read() {
    return read;
  }

  String write() {
    return write;
  }

  boolean incremental() {
    return read.equals("incremental");
  }

  boolean dedups() {
    return write.endsWith("_dedup");
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns that of an {@code AirbyteStreamConfiguration}; nothing where it has no name here. */
  static Optional<PublicSyncMode> of(JsonNode config) {
    String read = config.path("syncMode").asText();
    String write = config.path("destinationSyncMode").asText();
    return Arrays.stream(values())
        .filter(mode -> mode.read.equals(read) && mode.write.equals(write))
        .findFirst();
  }

  /** Returns those that a stream and a destination offer together. */
  static List<PublicSyncMode> offered(List<String> reads, Set<String> writes) {
    return Arrays.stream(values())
        .filter(mode -> reads.contains(mode.read) && writes.contains(mode.write))
        .toList();
  }
}
