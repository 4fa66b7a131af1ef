package io.millrace.connectors.postgres.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.ConfigException;
import io.millrace.spi.StreamState;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** What a {@link Progress} looks like, for states that people wrote. Pure. */
final class StateForm {
  private static final String EXAMPLE =
      "{\"cursor_field\": \"updated_at\", \"cursor\": \"2024-06-01 12:00:00+00\"}";
  private static final String CURSOR_FIELD = "cursor_field";
  private static final String CURSOR = "cursor";
  private static final String TRANSACTIONS = "transactions";
  private static final Set<String> KEYS =
      Set.of(CURSOR_FIELD, CURSOR, "ties", TRANSACTIONS, "cluster");

  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|NaN|[+-]?Infinity");
  private static final Pattern TIME = Pattern.compile("\\d{4,}-\\d\\d-\\d\\d.*|-?infinity|epoch");

  private StateForm() {}

  /** Returns what was expected, to follow the word "expected"; null when nothing is wrong. */
  static @Nullable String wrongWith(StreamState state, Schema fields) {
    if (state.version() != Progress.VERSION) {
      return "\"version\" " + Progress.VERSION;
    }
    ObjectNode json;
    try {
      json = Json.parse(state.token());
    } catch (ConfigException e) {
      return "a \"token\" such as " + EXAMPLE;
    }
    for (Map.Entry<String, JsonNode> one : json.properties()) {
      if (!KEYS.contains(one.getKey())) {
        return "a \"token\" such as "
            + EXAMPLE
            + ", without \""
            + ConfigException.outside(one.getKey())
            + "\"";
      }
    }
    @Nullable String wrong = wrongMember(json);
    return wrong == null ? wrongCursor(json, fields) : wrong;
  }

  private static @Nullable String wrongMember(ObjectNode json) {
    for (String key : List.of(CURSOR_FIELD, "cluster")) {
      if (!fits(json.path(key), JsonNode::isTextual)) {
        return "\"" + key + "\" as text";
      }
    }
    if (!fits(json.path(CURSOR), StateForm::position)) {
      return "\"cursor\" as text";
    }
    if (!fits(json.path("ties"), JsonNode::isIntegralNumber)) {
      return "\"ties\" as a whole number";
    }
    JsonNode known = json.path(TRANSACTIONS);
    if (known.isMissingNode() || known.isNull()) {
      return null;
    }
    boolean numbers =
        known.path("horizon").isIntegralNumber()
            && fits(known.path("end"), JsonNode::isIntegralNumber);
    boolean seen = known.path("seen").isArray();
    for (JsonNode one : known.path("seen")) {
      seen &= one.isIntegralNumber();
    }
    return numbers && seen && fits(known.path(CURSOR), StateForm::position)
        ? null
        : "\"transactions\" as this source wrote it, or without it";
  }

  private static @Nullable String wrongCursor(ObjectNode json, Schema fields) {
    @Nullable String cursor = Json.text(json, CURSOR);
    @Nullable String field = Json.text(json, CURSOR_FIELD);
    if (cursor == null) {
      return null;
    }
    if (field == null) {
      return "\"cursor_field\" beside \"cursor\"";
    }
    if (fields.getFields().isEmpty()) {
      return null;
    }
    Optional<LogicalType> type =
        fields.getFields().stream()
            .filter(one -> one.getName().equals(field))
            .map(Fields::typeOf)
            .findFirst();
    if (type.isEmpty()) {
      return "\"cursor_field\" as a field of the stream";
    }
    return switch (type.get()) {
      case LogicalType.Int ignored -> need(WHOLE, cursor, "a whole number");
      case LogicalType.Decimal ignored -> need(NUMBER, cursor, "a number");
      case LogicalType.Real ignored -> need(NUMBER, cursor, "a number");
      case LogicalType.Date ignored -> need(TIME, cursor, "a date such as 2024-06-01");
      case LogicalType.Timestamp ignored ->
          need(TIME, cursor, "a time such as 2024-06-01 12:00:00");
      case LogicalType.TimestampTz ignored ->
          need(TIME, cursor, "a time such as 2024-06-01 12:00:00+00");
      case LogicalType.Bool ignored -> null;
      case LogicalType.Time ignored -> null;
      case LogicalType.Text ignored -> null;
      case LogicalType.Binary ignored -> null;
      case LogicalType.Json ignored -> null;
      case LogicalType.Uuid ignored -> null;
      case LogicalType.ListOf ignored -> null;
      case LogicalType.Struct ignored -> null;
      case LogicalType.Vector ignored -> null;
    };
  }

  private static @Nullable String need(Pattern form, String cursor, String what) {
    return form.matcher(cursor).matches() ? null : "\"cursor\" as " + what + " in quotes";
  }

  private static boolean position(JsonNode value) {
    return value.isTextual() || value.isNumber();
  }

  private static boolean fits(JsonNode value, Predicate<JsonNode> form) {
    return value.isMissingNode() || value.isNull() || form.test(value);
  }
}
