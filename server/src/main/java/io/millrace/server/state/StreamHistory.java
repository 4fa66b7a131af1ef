package io.millrace.server.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.protocol.ExactJson;
import io.millrace.protocol.StateTokens;
import io.millrace.spi.StreamState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The versions of one stream's state: a file of JSON lines, the newest last. */
public final class StreamHistory {
  /** How many versions are kept at least; from twice as many on, the older half is dropped. */
  static final int VERSIONS_KEPT = 100;

  private final LineFile file;

  StreamHistory(Path file) {
    this.file = new LineFile(file);
  }

  /**
   * One version.
   *
   * @param number 1 for the first, then one higher each time
   * @param savedAt when it was saved
   * @param state the state; null stands for the beginning
   */
  public record Version(long number, Instant savedAt, @Nullable StreamState state) {}

  void add(Version version) {
    ObjectNode json = ExactJson.MAPPER.createObjectNode();
    json.put("number", version.number());
    json.put("saved_at", version.savedAt().toString());
    json.set("state", StateTokens.of(version.state()));
    file.append(json.toString());
    if (version.number() % VERSIONS_KEPT == 0 && version.number() > VERSIONS_KEPT) {
      trim();
    }
  }

  /** Returns the versions, oldest first. */
  public List<Version> versions() {
    TreeMap<Long, Version> byNumber = new TreeMap<>();
    file.lines()
        .forEach(
            line -> {
              Version version = decode(line);
              byNumber.put(version.number(), version);
            });
    return List.copyOf(byNumber.values());
  }

  private void trim() {
    List<String> lines = new ArrayList<>();
    file.lines().forEach(lines::add);
    List<String> kept = lines.subList(Math.max(0, lines.size() - VERSIONS_KEPT), lines.size());
    StateFiles.write(
        file.path(), (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Version decode(String line) {
    try {
      JsonNode json = ExactJson.MAPPER.readTree(line);
      return new Version(
          json.path("number").asLong(),
          Instant.parse(StateTokens.text(json, "saved_at")),
          StateTokens.state(json.path("state")));
    } catch (JsonProcessingException e) {
      throw StateFiles.unreadable(file.path(), e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw StateFiles.unreadable(file.path(), String.valueOf(e.getMessage()), e);
    }
  }
}
