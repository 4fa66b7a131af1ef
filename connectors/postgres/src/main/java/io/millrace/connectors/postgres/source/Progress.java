package io.millrace.connectors.postgres.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.StreamState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the next incremental read begins: the content of a {@link StreamState}.
 *
 * @param cursorField the cursor field, or null where there is none
 * @param cursor the largest cursor read, in PostgreSQL's own text form
 * @param ties the number of rows with that cursor, or -1
 * @param known the transactions whose rows have been read; null where rows do not tell
 * @param end the id behind the newest transaction of the last read's moment
 * @param endCursor the cursor at that moment; another one than {@code cursor} when somebody edited
 *     the state
 * @param cluster names the database that the transaction ids belong to
 */
record Progress(
    @Nullable String cursorField,
    @Nullable String cursor,
    long ties,
    @Nullable Known known,
    long end,
    @Nullable String endCursor,
    String cluster) {
  /** The version of the form. */
  static final int VERSION = 1;

  /** Tells whether nothing can have been written since, anywhere in the server. */
  boolean nothingSince(SnapshotView now) {
    return known != null
        && known.seen().isEmpty()
        && known.horizon() == end
        && end == now.xmax()
        && cluster.equals(now.cluster())
        && Objects.equals(cursor, endCursor);
  }

  StreamState write() {
    ObjectNode json = Json.object();
    json.put("cursor_field", cursorField);
    json.put("cursor", cursor);
    json.put("ties", ties);
    if (known != null) {
      json.set("transactions", Tokens.known(known).put("end", end).put("cursor", endCursor));
    }
    json.put("cluster", cluster);
    return new StreamState(VERSION, json.toString());
  }

  /** Reads Airbyte's state of a stream that is read by a cursor; null for every other. */
  static @Nullable Progress ofAirbyte(String state) {
    ObjectNode json = Json.parse(state);
    JsonNode fields = json.path("cursor_field");
    String type = json.path("state_type").asText("cursor_based");
    @Nullable String cursor = Json.text(json, "cursor");
    if (cursor == null || fields.size() != 1 || !type.equals("cursor_based")) {
      return null;
    }
    return new Progress(fields.get(0).asText(), cursor, -1, null, 0, null, "");
  }

  /** Reads a state; null for one of a full read, which has nothing to go on from. */
  static @Nullable Progress read(@Nullable StreamState state) {
    if (state == null) {
      return null;
    }
    ObjectNode json = Json.parse(state.token());
    @Nullable ObjectNode transactions = Json.child(json, "transactions");
    @Nullable String cursor = Json.text(json, "cursor");
    if (transactions == null && cursor == null) {
      return null;
    }
    return new Progress(
        Json.text(json, "cursor_field"),
        cursor,
        json.path("ties").asLong(-1),
        Tokens.known(transactions),
        transactions == null ? 0 : transactions.path("end").asLong(),
        transactions == null ? null : Json.text(transactions, "cursor"),
        json.path("cluster").asText(""));
  }
}
