package io.millrace.connectors.files.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.spi.StreamState;
import io.millrace.spi.SystemException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which files a stream has read, as its state: what is not in it, or is in it with another content,
 * is new. Of more than {@value #FILES_MAX} files only the newest are listed; older ones count as
 * read by their time alone.
 */
final class FileHistory {
  /** The largest number of files that are listed. */
  static final int FILES_MAX = 10_000;

  private static final long NEVER = -1;

  private final Map<String, FileVersion> files = new TreeMap<>();
  private long forgottenMicros = NEVER;

  static FileHistory read(@Nullable StreamState state) {
    FileHistory history = new FileHistory();
    if (state != null) {
      JsonNode json = FileTokens.parse(state.version(), state.token());
      history.forgottenMicros = json.path("forgotten_until_micros").asLong(NEVER);
      json.path("files").forEach(file -> history.put(FileTokens.file(file)));
    }
    return history;
  }

  /** Tells whether a state is one that {@link #write} could have written. */
  static boolean canRead(StreamState state) {
    try {
      JsonNode json = FileTokens.parse(state.version(), state.token());
      for (JsonNode file : json.path("files")) {
        if (!file.path("path").isTextual()) {
          return false;
        }
      }
      read(state);
      return json.isObject() && json.path("files").isArray();
    } catch (SystemException | DateTimeException e) {
      return false;
    }
  }

  /** Returns the files that are not read yet, in the order given. */
  List<FileVersion> unread(Collection<FileVersion> found) {
    return found.stream().filter(file -> !isRead(file)).toList();
  }

  void add(Collection<FileVersion> read) {
    read.forEach(this::put);
    if (files.size() <= FILES_MAX) {
      return;
    }
    List<FileVersion> oldestFirst = new ArrayList<>(files.values());
    oldestFirst.sort(Comparator.comparingLong(FileVersion::modifiedMicros));
    for (FileVersion file : oldestFirst.subList(0, files.size() - FILES_MAX)) {
      files.remove(file.path());
      forgottenMicros = Math.max(forgottenMicros, file.modifiedMicros());
    }
  }

  StreamState write() {
    ObjectNode json = FileTokens.JSON.createObjectNode();
    json.putArray("files").addAll(files.values().stream().map(FileTokens::write).toList());
    if (forgottenMicros != NEVER) {
      json.put("forgotten_until_micros", forgottenMicros);
    }
    return new StreamState(FileTokens.VERSION, json.toString());
  }

  private boolean isRead(FileVersion file) {
    FileVersion known = files.get(file.path());
    if (known == null) {
      return file.modifiedMicros() != NEVER && file.modifiedMicros() <= forgottenMicros;
    }
    return known.sameContent(file);
  }

  private void put(FileVersion file) {
    files.put(file.path(), file);
  }
}
