package io.millrace.connectors.files.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.table.Piece;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Partition;
import io.millrace.spi.SystemException;
import io.millrace.spi.type.LogicalType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes and reads the texts that the engine keeps for the source: partitions and checkpoints. */
final class FileTokens {
  static final int VERSION = 1;

  static final ObjectMapper JSON = new ObjectMapper();

  private static final int ID_BYTES = 8;

  private FileTokens() {}

  /**
   * A piece and the types of the columns to read, in the order of the stream's columns.
   *
   * @param ordinal the piece's place in its file
   * @param complete these are all columns that were found
   */
  record Planned(Piece piece, int ordinal, List<LogicalType> types, boolean complete) {
    Planned {
      types = List.copyOf(types);
    }
  }

  static Partition partition(Planned planned, String name, long rows, long bytes) {
    Piece piece = planned.piece;
    String id = id(piece.file()) + "-" + planned.ordinal;
    String end = piece.end() == Piece.TO_THE_END ? "the end" : String.valueOf(piece.end());
    boolean whole = piece.end() == Piece.TO_THE_END && piece.start().equals(Position.START);
    String range = whole ? "" : " from " + piece.start().offset() + " to " + end;
    return new Partition(id, VERSION, write(planned), name + range, rows, bytes);
  }

  static Planned planned(Partition partition) {
    JsonNode json = parse(partition.version(), partition.token());
    Piece piece =
        new Piece(
            file(json.path("file")),
            new Position(json.path("offset").asLong(), json.path("line").asLong()),
            json.path("end").asLong(),
            json.path("detail").asText());
    List<LogicalType> types = new ArrayList<>();
    json.path("types").forEach(type -> types.add(TypeNames.parse(type.asText())));
    return new Planned(
        piece, json.path("ordinal").asInt(), types, json.path("complete").asBoolean());
  }

  static Checkpoint checkpoint(Position position) {
    ObjectNode json = JSON.createObjectNode();
    json.put("offset", position.offset());
    json.put("line", position.line());
    return new Checkpoint(VERSION, json.toString());
  }

  static Position position(Checkpoint checkpoint) {
    JsonNode json = parse(checkpoint.version(), checkpoint.token());
    return new Position(json.path("offset").asLong(), json.path("line").asLong());
  }

  static ObjectNode write(FileVersion file) {
    ObjectNode json = JSON.createObjectNode();
    json.put("path", file.path());
    json.put("size", file.size());
    json.put(
        "modified",
        file.modifiedMicros() < 0
            ? ""
            : Instant.EPOCH.plus(file.modifiedMicros(), ChronoUnit.MICROS).toString());
    json.put("tag", file.tag());
    return json;
  }

  static FileVersion file(JsonNode json) {
    String modified = json.path("modified").asText();
    long micros =
        modified.isEmpty() ? -1 : ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(modified));
    return new FileVersion(
        json.path("path").asText(), json.path("size").asLong(), micros, json.path("tag").asText());
  }

  static JsonNode parse(int version, String token) {
    if (version != VERSION) {
      throw new SystemException(
          "token_version",
          "The saved progress was written by a newer Millrace (format "
              + version
              + "). Update Millrace, or reset the stream's state.");
    }
    try {
      return JSON.readTree(token);
    } catch (JsonProcessingException e) {
      throw new SystemException(
          "token_invalid",
          "The saved progress of the stream cannot be read. Reset the stream's state.",
          String.valueOf(e.getMessage()),
          e);
    }
  }

  private static String write(Planned planned) {
    Piece piece = planned.piece;
    ObjectNode json = JSON.createObjectNode();
    json.set("file", write(piece.file()));
    json.put("ordinal", planned.ordinal);
    json.put("offset", piece.start().offset());
    json.put("line", piece.start().line());
    json.put("end", piece.end());
    json.put("detail", piece.detail());
    json.put("complete", planned.complete);
    planned.types.forEach(type -> json.withArray("types").add(type.display()));
    return json.toString();
  }

  private static String id(FileVersion file) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(write(file).toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
