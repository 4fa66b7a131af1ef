package io.millrace.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads and writes what the tables' columns have in common. */
public final class Rows {
  private Rows() {}

  /** Returns a moment of a column, or null. */
  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  /** Returns a moment of a column. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  /** Returns a JSON object of a column. */
  public static ObjectNode object(ResultSet row, String column) throws SQLException {
    return object(row.getString(column));
  }

  /** Reads a JSON object that {@link #text} wrote. */
  public static ObjectNode object(String text) {
    try {
      return (ObjectNode) Documents.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A document in the store cannot be read.", e);
    }
  }

  /** Returns the text of a JSON document. */
  public static String text(JsonNode json) {
    return json.toString();
  }

  /** Returns a moment as a column holds it. */
  public static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  /** Returns a flag as a column holds it. */
  public static int flag(boolean flag) {
    return flag ? 1 : 0;
  }
}
