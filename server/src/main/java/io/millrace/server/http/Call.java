package io.millrace.server.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request. Belongs to its thread. */
public final class Call {
  private final Context context;
  private final Api api;
  private Caller caller = Caller.ANONYMOUS;
  private @Nullable Body body;

  Call(Context context, Api api) {
    this.context = context;
    this.api = api;
  }

  /** Returns the API it was made to. */
  public Api api() {
    return api;
  }

  /** Returns who makes it. */
  public Caller caller() {
    return caller;
  }

  void admitted(Caller who) {
    this.caller = who;
  }

  /**
   * Returns its JSON object; an empty one where there is no body.
   *
   * @throws ApiException 422 when the body is no JSON object, or nested too deeply; 413 when it is
   *     too large; 400 when it ends early
   */
  public Body body() {
    if (body == null) {
      body = Body.parse(received(context::bodyAsBytes));
    }
    return body;
  }

  /** Returns a form's field, or null. */
  public @Nullable String form(String name) {
    return received(() -> context.formParam(name));
  }

  /** Tells whether the body is a form. */
  public boolean isForm() {
    String type = context.contentType();
    return type != null && type.startsWith("application/x-www-form-urlencoded");
  }

  /** Returns a parameter of the path. */
  public String path(String name) {
    return context.pathParam(name);
  }

  /**
   * Returns a parameter of the path that is a UUID.
   *
   * @throws ApiException 422 when it is none
   */
  public UUID pathId(String name) {
    return Scalars.uuid(path(name)).orElseThrow(() -> invalid(name, path(name), "a UUID"));
  }

  /**
   * Returns a parameter of the path that is a whole number.
   *
   * @throws ApiException 422 when it is none
   */
  public long pathNumber(String name) {
    return Scalars.whole(path(name)).orElseThrow(() -> invalid(name, path(name), "a whole number"));
  }

  /** Returns a parameter of the query, or null. */
  public @Nullable String query(String name) {
    return context.queryParam(name);
  }

  /** Returns every value of a query parameter, repeated or with commas between them. */
  public List<String> queries(String name) {
    List<String> values = new ArrayList<>();
    for (String text : context.queryParams(name)) {
      for (String one : text.split(",", -1)) {
        if (!one.isBlank()) {
          values.add(one.strip());
        }
      }
    }
    return values;
  }

  /**
   * Returns every value of a query parameter as a UUID.
   *
   * @throws ApiException 422 when one is none
   */
  public List<UUID> queryIds(String name) {
    return queries(name).stream()
        .map(text -> Scalars.uuid(text).orElseThrow(() -> invalid(name, text, "a UUID")))
        .toList();
  }

  /**
   * Returns a whole number of the query.
   *
   * @throws ApiException 422 when it is none, or out of its bounds
   */
  public int query(String name, int fallback, int min, int max) {
    String text = query(name);
    if (text == null || text.isBlank()) {
      return fallback;
    }
    String expected = "a whole number from " + min + " to " + max;
    long number = Scalars.whole(text).orElseThrow(() -> invalid(name, text, expected));
    if (number < min || number > max) {
      throw invalid(name, text, expected);
    }
    return (int) number;
  }

  /** Returns a flag of the query: true for {@code true}. */
  public boolean flag(String name) {
    return Boolean.parseBoolean(query(name));
  }

  /** Returns a header, or null. */
  public @Nullable String header(String name) {
    return context.header(name);
  }

  /** Returns a cookie, or null. */
  public @Nullable String cookie(String name) {
    return context.cookie(name);
  }

  /** Adds a header to the answer. */
  public void answerHeader(String name, String value) {
    context.res().addHeader(name, value);
  }

  /** Returns the address that it comes from. */
  public String address() {
    return context.ip();
  }

  /** Returns the path and query, for links to the next page. */
  public String pathAndQuery() {
    String query = context.queryString();
    return query == null ? context.path() : context.path() + "?" + query;
  }

  /** Returns scheme, host and port as the client said them: {@code http://localhost:8000}. */
  public String origin() {
    return context.scheme() + "://" + context.host();
  }

  /** Reads what the client sends; what it sends wrongly is its mistake. */
  private <T extends @Nullable Object> T received(Supplier<T> reading) {
    if (context.req().getContentLengthLong() > HttpSettings.BODY_BYTES_MAX) {
      throw tooLarge();
    }
    try {
      return reading.get();
    } catch (Exception e) {
      // Javalin's Kotlin throws checked exceptions without saying so.
      boolean large =
          e instanceof HttpResponseException http
              && http.getStatus() == HttpStatus.CONTENT_TOO_LARGE.getCode();
      throw large
          ? tooLarge()
          : new ApiException(Fault.BAD_REQUEST, "The body could not be read to its end.");
    }
  }

  private static ApiException tooLarge() {
    return new ApiException(
        Fault.TOO_LARGE,
        "The body is too large; the most is " + (HttpSettings.BODY_BYTES_MAX >> 20) + " MB.");
  }

  private static ApiException invalid(String name, String value, String expected) {
    return ApiException.invalid(List.of(new Mistake(name, value, expected)));
  }
}
