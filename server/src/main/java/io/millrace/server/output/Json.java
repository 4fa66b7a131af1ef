package io.millrace.server.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.spi.SystemException;
import org.jspecify.annotations.Nullable;

/** Writes plain values (maps, lists, text, numbers, booleans, null) as JSON. Thread-safe. */
public final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  /** Returns one line. */
  public static String line(@Nullable Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw unwritable(e);
    }
  }

  /** Returns indented lines. */
  public static String pretty(@Nullable Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw unwritable(e);
    }
  }

  private static SystemException unwritable(JsonProcessingException e) {
    return new SystemException(
        "json_unwritable",
        "A value could not be written as JSON. The log has the details.",
        e.getOriginalMessage(),
        e);
  }
}
