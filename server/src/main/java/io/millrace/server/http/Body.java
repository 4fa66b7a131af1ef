package io.millrace.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a request, read field by field. An explicit null counts as absent; fields that
 * nobody asks for are ignored.
 *
 * <p>A wrong field is remembered and a harmless value returned, so that one answer names them all:
 * read every field, then call {@link #check} before anything is done with them.
 *
 * <p>Belongs to the request's thread.
 */
public final class Body {
  private static final UUID NO_ID = new UUID(0, 0);
  private static final String WHOLE_NUMBER = "a whole number";

  private final ObjectNode json;
  private final String place;
  private final Mistakes mistakes;

  private Body(ObjectNode json, String place, Mistakes mistakes) {
    this.json = json;
    this.place = place;
    this.mistakes = mistakes;
  }

  static Body parse(byte[] bytes) {
    return of(bytes.length == 0 ? Documents.empty() : RequestJson.object(bytes));
  }

  /** Makes one of a JSON object. */
  public static Body of(ObjectNode json) {
    return new Body(json, "", new Mistakes());
  }

  /**
   * Ends the reading.
   *
   * @throws ApiException that names every wrong field, in this object and those within it: 422, or
   *     what {@link Mistakes#check} says
   */
  public void check() {
    mistakes.check();
  }

  /** Returns what is wrong so far, for more to be added. */
  public Mistakes mistakes() {
    return mistakes;
  }

  /** Remembers that a field is wrong for a reason that its type does not tell. */
  public void wrong(String name, String expected) {
    mistakes.add(mistake(name, expected));
  }

  /** Like {@link #wrong}, for a field with an answer of its own where it alone is wrong. */
  public void wrong(String name, String expected, ApiException alone) {
    mistakes.add(mistake(name, expected), alone);
  }

  /** Like {@link #wrong}, for a field whose value must not be repeated. */
  public void wrongSecret(String name, String expected) {
    mistakes.add(new Mistake(path(name), null, expected));
  }

  /** Tells whether a field is there and not null. */
  public boolean has(String name) {
    return json.hasNonNull(name);
  }

  /** Tells whether a field is there, be it null. */
  public boolean names(String name) {
    return json.has(name);
  }

  /** Returns a text that must be there and not blank. */
  public String text(String name) {
    String text = required(name, "a text", textOrNull(name), "");
    if (has(name) && text.isBlank() && json.get(name).isTextual()) {
      wrong(name, "a text that is not blank");
    }
    return text;
  }

  /** Returns a text, or null where it is absent. */
  public @Nullable String textOrNull(String name) {
    return scalar(name, "a text", Body::plain);
  }

  /** Returns a secret text that must be there; what was wrong about it is not repeated. */
  public String secret(String name) {
    JsonNode value = json.get(name);
    if (value != null && value.isTextual() && !value.textValue().isEmpty()) {
      return value.textValue();
    }
    mistakes.add(new Mistake(path(name), null, "a text that is not empty; it is required"));
    return "";
  }

  /** Returns a UUID that must be there. */
  public UUID id(String name) {
    return required(name, "a UUID", idOrNull(name), NO_ID);
  }

  /** Returns a UUID, or null where it is absent. */
  public @Nullable UUID idOrNull(String name) {
    return scalar(
        name,
        "a UUID",
        node -> node.isTextual() ? Scalars.uuid(node.textValue()).orElse(null) : null);
  }

  /** Returns a list of UUIDs; empty where it is absent. */
  public List<UUID> ids(String name) {
    return list(
        name,
        "a UUID",
        node -> node.isTextual() ? Scalars.uuid(node.textValue()).orElse(null) : null);
  }

  /** Returns a list of texts; empty where it is absent. */
  public List<String> texts(String name) {
    return list(name, "a text", Body::plain);
  }

  /**
   * Returns what each text of a list stands for, those that are wrong left out; empty where the
   * list is absent.
   *
   * @param expected what {@code reader} takes, for people
   * @param reader returns null for a text that is wrong
   */
  public <T> List<T> each(String name, String expected, Function<String, @Nullable T> reader) {
    return list(name, expected, node -> node.isTextual() ? reader.apply(node.textValue()) : null);
  }

  /** Returns an id that is a whole number and must be there; it may come as text. */
  public long numericId(String name) {
    return required(name, WHOLE_NUMBER, numericIdOrNull(name), 0L);
  }

  /** Returns an id that is a whole number, or null where it is absent; it may come as text. */
  public @Nullable Long numericIdOrNull(String name) {
    return scalar(
        name,
        WHOLE_NUMBER,
        node -> node.isTextual() ? Scalars.whole(node.textValue()).orElse(null) : whole(node));
  }

  /** Returns a whole number that must be there. */
  public long number(String name) {
    return required(name, WHOLE_NUMBER, numberOrNull(name), 0L);
  }

  /** Returns a whole number, or null where it is absent. */
  public @Nullable Long numberOrNull(String name) {
    return scalar(name, WHOLE_NUMBER, Body::whole);
  }

  /** Returns a whole number within bounds, or the fallback where it is absent. */
  public int number(String name, int fallback, int min, int max) {
    Long number = numberOrNull(name);
    if (number == null) {
      return fallback;
    }
    if (number < min || number > max) {
      wrong(name, "a whole number from " + min + " to " + max);
      return fallback;
    }
    return number.intValue();
  }

  /** Returns a flag, or the fallback where it is absent. */
  public boolean flag(String name, boolean fallback) {
    Boolean flag = flagOrNull(name);
    return flag == null ? fallback : flag;
  }

  /** Returns a flag, or null where it is absent. */
  public @Nullable Boolean flagOrNull(String name) {
    return scalar(name, "true or false", node -> node.isBoolean() ? node.booleanValue() : null);
  }

  /** Returns one of a few values, or null where it is absent; letters may be large or small. */
  public <E extends Enum<E>> @Nullable E choiceOrNull(String name, Class<E> type) {
    E[] all = type.getEnumConstants();
    String expected = "one of " + String.join(", ", Arrays.stream(all).map(Body::label).toList());
    return scalar(
        name,
        expected,
        node ->
            node.isTextual()
                ? Arrays.stream(all)
                    .filter(one -> label(one).equalsIgnoreCase(node.textValue()))
                    .findFirst()
                    .orElse(null)
                : null);
  }

  /** Returns one of a few values, or the fallback where it is absent. */
  public <E extends Enum<E>> E choice(String name, E fallback) {
    E choice = choiceOrNull(name, fallback.getDeclaringClass());
    return choice == null ? fallback : choice;
  }

  /** Returns one of a few values that must be there. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    E first = type.getEnumConstants()[0];
    return required(name, "a text", choiceOrNull(name, type), first);
  }

  /** Returns an object that must be there. */
  public Body object(String name) {
    Body object = objectOrNull(name);
    if (object != null) {
      return object;
    }
    if (!has(name)) {
      wrong(name, "an object");
    }
    return new Body(Documents.empty(), path(name), new Mistakes());
  }

  /** Returns an object, or null where it is absent. */
  public @Nullable Body objectOrNull(String name) {
    if (!has(name)) {
      return null;
    }
    if (json.get(name) instanceof ObjectNode object) {
      return new Body(object, path(name), mistakes);
    }
    wrong(name, "an object");
    return null;
  }

  /** Returns a list of objects; empty where it is absent. */
  public List<Body> objects(String name) {
    List<Body> bodies = new ArrayList<>();
    List<ObjectNode> nodes =
        list(name, "an object", node -> node instanceof ObjectNode object ? object : null);
    for (int i = 0; i < nodes.size(); i++) {
      bodies.add(new Body(nodes.get(i), path(name) + "[" + i + "]", mistakes));
    }
    return bodies;
  }

  /** Returns any JSON value as it is, or null where it is absent. */
  public @Nullable JsonNode json(String name) {
    return has(name) ? json.get(name) : null;
  }

  /** Returns the whole object as it is. */
  public ObjectNode json() {
    return json;
  }

  /** Returns where this object stands; empty for a whole request. */
  public String place() {
    return place;
  }

  /** Returns where a field of this object stands. */
  public String path(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private Mistake mistake(String name, String expected) {
    JsonNode value = json.get(name);
    String shown = value != null && value.isValueNode() && !value.isNull() ? value.asText() : null;
    return new Mistake(path(name), shown, expected);
  }

  private <T> T required(String name, String expected, @Nullable T value, T harmless) {
    if (value == null && !has(name)) {
      wrong(name, expected + "; it is required");
    }
    return value == null ? harmless : value;
  }

  private <T> @Nullable T scalar(
      String name, String expected, Function<JsonNode, @Nullable T> reader) {
    if (!has(name)) {
      return null;
    }
    T value = reader.apply(json.get(name));
    if (value == null) {
      wrong(name, expected);
    }
    return value;
  }

  private <T> List<T> list(String name, String expected, Function<JsonNode, @Nullable T> reader) {
    List<T> values = new ArrayList<>();
    if (!has(name)) {
      return values;
    }
    JsonNode array = json.get(name);
    if (!array.isArray()) {
      wrong(name, "a list, each element " + expected);
      return values;
    }
    for (int i = 0; i < array.size(); i++) {
      T value = reader.apply(array.get(i));
      if (value == null) {
        String shown = array.get(i).isValueNode() ? array.get(i).asText() : null;
        mistakes.add(new Mistake(path(name) + "[" + i + "]", shown, expected));
      } else {
        values.add(value);
      }
    }
    return values;
  }

  /** PostgreSQL keeps no text with U+0000, and no name has a use for it. */
  private static @Nullable String plain(JsonNode node) {
    return node.isTextual() && node.textValue().indexOf('\0') < 0 ? node.textValue() : null;
  }

  private static @Nullable Long whole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
