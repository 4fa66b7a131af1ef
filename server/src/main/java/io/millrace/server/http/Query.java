package io.millrace.server.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's query, read one by one. As with a {@link Body}, a wrong one is
 * remembered and a harmless value returned: read every one, then call {@link #check} before
 * anything is done with them.
 *
 * <p>Belongs to the request's thread.
 */
public final class Query {
  private final Call call;
  private final Mistakes mistakes = new Mistakes();

  Query(Call call) {
    this.call = call;
  }

  /**
   * Ends the reading.
   *
   * @throws ApiException 422 that names every wrong parameter
   */
  public void check() {
    mistakes.check();
  }

  /** Remembers that a parameter is wrong. */
  public void wrong(String name, @Nullable String value, String expected) {
    mistakes.add(new Mistake(name, value, expected));
  }

  /** Returns every value of a parameter as a UUID, those that are none left out. */
  public List<UUID> ids(String name) {
    return each(name, "a UUID", Scalars::uuid);
  }

  /** Returns a whole number, or the fallback where it is absent or wrong. */
  public int number(String name, int fallback, int min, int max) {
    String expected = "a whole number from " + min + " to " + max;
    return one(
            name,
            expected,
            text -> Scalars.whole(text).filter(number -> number >= min && number <= max))
        .map(Long::intValue)
        .orElse(fallback);
  }

  /** Returns a flag; false where it is absent or wrong. */
  public boolean flag(String name) {
    return one(name, "true or false", Scalars::flag).orElse(false);
  }

  /** Returns a moment, or null where it is absent or wrong. */
  public @Nullable Instant instantOrNull(String name) {
    return one(name, Times.EXPECTED, Times::parse).orElse(null);
  }

  /**
   * Returns what a parameter stands for; nothing where it is absent, blank or wrong.
   *
   * @param expected what {@code reader} takes, for people
   * @param reader returns nothing for a text that is wrong
   */
  public <T> Optional<T> one(String name, String expected, Function<String, Optional<T>> reader) {
    String text = call.query(name);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    Optional<T> value = reader.apply(text);
    if (value.isEmpty()) {
      wrong(name, text, expected);
    }
    return value;
  }

  /** Returns what every value of a parameter stands for, as {@link #one} does. */
  public <T> List<T> each(String name, String expected, Function<String, Optional<T>> reader) {
    List<T> values = new ArrayList<>();
    for (String text : call.queries(name)) {
      reader.apply(text).ifPresentOrElse(values::add, () -> wrong(name, text, expected));
    }
    return values;
  }
}
