package io.millrace.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request. Belongs to its thread. */
public final class Call {
  private final Context context;
  private final Routes.Route route;
  private final TrustedProxies proxies;
  private final Bodies.Share share;
  private Caller caller = Caller.ANONYMOUS;
  private byte @Nullable [] bytes;
  private @Nullable Body body;

  Call(Context context, Routes.Route route, TrustedProxies proxies, Bodies.Share share) {
    this.context = context;
    this.route = route;
    this.proxies = proxies;
    this.share = share;
  }

  /** Returns the API it was made to. */
  public Api api() {
    return route.api();
  }

  /** Returns who makes it. */
  public Caller caller() {
    return caller;
  }

  /**
   * Refuses a caller who may not, where a part of what a route does needs more than the route.
   *
   * @throws ApiException 403
   */
  public void require(Access needed) {
    Dispatcher.refuseUnlessAllowed(caller, needed);
  }

  void admitted(Caller who) {
    this.caller = who;
  }

  /**
   * Returns its JSON object; an empty one where there is no body.
   *
   * @throws ApiException 422 when the body is no JSON object, or nested too deeply; 413 when it is
   *     too large; 408 when it comes too slowly; 400 when it ends early
   */
  public Body body() {
    if (body == null) {
      body = Body.parse(received());
    }
    return body;
  }

  /**
   * Returns a form's field, or null.
   *
   * @throws ApiException 400 when the body is no form
   */
  public @Nullable String form(String name) {
    String form = new String(received(), StandardCharsets.UTF_8);
    try {
      for (String pair : form.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        if (URLDecoder.decode(parts[0], StandardCharsets.UTF_8).equals(name)) {
          return parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ApiException(Fault.BAD_REQUEST, "The body is no form that can be read.");
    }
    return null;
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

  /** Returns a new reading of the query, which names every wrong parameter at its end. */
  public Query parameters() {
    return new Query(this);
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

  /** Returns the address that it comes from; of a trusted proxy's caller, not of the proxy. */
  public String address() {
    return proxies.client(context.ip(), forwarded("X-Forwarded-For"));
  }

  /** Tells whether it came through a proxy whose word is not taken, so that nobody knows whence. */
  public boolean isFromUnknownProxy() {
    boolean proxied =
        context.header("X-Forwarded-For") != null || context.header("Forwarded") != null;
    return proxied && !proxies.has(context.ip());
  }

  /** Returns the path and query, for links to the next page. */
  public String pathAndQuery() {
    String query = context.queryString();
    return query == null ? context.path() : context.path() + "?" + query;
  }

  /** Returns scheme, host and port as the client said them: {@code http://localhost:8000}. */
  public String origin() {
    boolean proxied = proxies.has(context.ip());
    boolean https = proxied && forwarded("X-Forwarded-Proto").contains("https");
    return (https ? "https" : context.scheme()) + "://" + context.host();
  }

  private List<String> forwarded(String header) {
    return Collections.list(context.req().getHeaders(header));
  }

  /** Reads what the client sends; what it sends wrongly is its mistake. */
  private byte[] received() {
    if (bytes != null) {
      return bytes;
    }
    long max =
        route.access() == Access.OPEN
            ? HttpSettings.OPEN_BODY_BYTES_MAX
            : HttpSettings.BODY_BYTES_MAX;
    if (context.req().getContentLengthLong() > max) {
      throw Bodies.tooLarge(max);
    }
    try {
      bytes = share.read(context.req().getInputStream(), max);
      return bytes;
    } catch (ApiException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Jetty's own exceptions say that the request's framing is broken.
      throw new ApiException(Fault.BAD_REQUEST, "The body could not be read to its end.");
    }
  }

  private static ApiException invalid(String name, String value, String expected) {
    return ApiException.invalid(List.of(new Mistake(name, value, expected)));
  }
}
