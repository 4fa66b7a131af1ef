package io.millrace.server.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.QuarantinedRow;
import io.millrace.protocol.ExactJson;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.StreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows in quarantine: JSON lines, two files a stream at most. When the newer one is full it becomes
 * the older one, whose rows are dropped and counted. Thread-safe.
 */
public final class QuarantineFiles {
  /** The bytes of one of the two files. */
  static final long FILE_BYTES_MAX = 8L << 20;

  /** The bytes that are kept of a value. */
  static final int VALUE_BYTES_MAX = 1024;

  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;
  private static final String OLDER_SUFFIX = ".older";
  private static final String DROPPED = "dropped";

  private final StateFolder folder;
  private final Map<StreamName, Known> known = new HashMap<>();

  /** Keeps rows in a folder; one object a folder, it remembers what is kept. */
  public QuarantineFiles(StateFolder folder) {
    this.folder = folder;
  }

  /** The rows of one sync that are kept already. */
  private record Known(long syncId, Set<String> positions) {}

  /** Keeps rows; those that are kept already are not kept twice. */
  public synchronized void add(List<QuarantinedRow> rows) {
    Map<StreamName, List<String>> fresh = new LinkedHashMap<>();
    for (QuarantinedRow row : rows) {
      Known kept = known(row);
      if (kept.positions().add(key(row.partitionId(), row.row().position()))) {
        fresh.computeIfAbsent(row.stream(), name -> new ArrayList<>()).add(line(row));
      }
    }
    fresh.forEach((stream, lines) -> append(folder.quarantine(stream), lines));
  }

  private void append(Path path, List<String> lines) {
    LineFile file = new LineFile(path);
    if (file.bytes() > FILE_BYTES_MAX) {
      LineFile older = older(path);
      long dropped = dropped(path) + rows(older.lines()).size();
      try {
        Files.move(path, older.path(), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw StateFiles.unwritable(path, e);
      }
      file.append(ExactJson.MAPPER.createObjectNode().put(DROPPED, dropped).toString());
    }
    file.append(lines.toArray(String[]::new));
  }

  private Known known(QuarantinedRow row) {
    Known kept = known.get(row.stream());
    if (kept == null || kept.syncId() != row.syncId()) {
      kept = new Known(row.syncId(), new HashSet<>());
      for (ObjectNode line : read(folder.quarantine(row.stream()))) {
        if (line.path("sync").asLong() == row.syncId()) {
          kept.positions()
              .add(key(line.path("partition").asText(), line.path("position").asText()));
        }
      }
      known.put(row.stream(), kept);
    }
    return kept;
  }

  /** Returns the rows of a file and its older half, oldest first. */
  static List<ObjectNode> read(Path path) {
    List<ObjectNode> rows = new ArrayList<>(rows(older(path).lines()));
    rows.addAll(rows(new LineFile(path).lines()));
    return rows;
  }

  /** Returns how many rows of a stream were dropped so far. */
  static long dropped(Path path) {
    return dropped(new LineFile(path).lines());
  }

  private static LineFile older(Path path) {
    return new LineFile(path.resolveSibling(path.getFileName() + OLDER_SUFFIX));
  }

  private static List<ObjectNode> rows(List<String> lines) {
    List<ObjectNode> rows = new ArrayList<>();
    for (String line : lines) {
      if (parse(line) instanceof ObjectNode row && !row.has(DROPPED)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static long dropped(List<String> lines) {
    return lines.isEmpty() ? 0 : parse(lines.getFirst()).path(DROPPED).asLong();
  }

  private static JsonNode parse(String line) {
    try {
      return ExactJson.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      return ExactJson.MAPPER.missingNode();
    }
  }

  private static String line(QuarantinedRow row) {
    RejectedRow rejected = row.row();
    ObjectNode json = ExactJson.MAPPER.createObjectNode();
    json.set("stream", StreamCodec.name(row.stream()));
    json.put("position", rejected.position());
    json.put("column", rejected.column());
    json.put("reason", rejected.reason());
    json.put("value", cut(rejected.value()));
    json.put("time", row.at().toString());
    json.put("generation", row.generationId());
    json.put("partition", row.partitionId());
    json.put("sync", row.syncId());
    return json.toString();
  }

  private static String cut(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= VALUE_BYTES_MAX) {
      return value;
    }
    int end = VALUE_BYTES_MAX;
    while (end > 0 && (bytes[end] & CONTINUATION_MASK) == CONTINUATION) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static String key(String partition, String position) {
    return partition + "\0" + position;
  }
}
