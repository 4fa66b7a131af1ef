package io.millrace.server.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer that is an error. Its message is a sentence for the client, without secrets. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final @Nullable String type;
  private final transient Map<String, Object> data;
  private final transient List<Mistake> mistakes;
  private final transient Map<String, String> headers;

  private ApiException(
      Fault fault,
      @Nullable String type,
      String message,
      Map<String, Object> data,
      List<Mistake> mistakes,
      Map<String, String> headers) {
    super(message, null, false, true);
    this.fault = fault;
    this.type = type;
    this.data = data;
    this.mistakes = mistakes;
    this.headers = headers;
  }

  /** Makes one that a sentence says all about. */
  public ApiException(Fault fault, String message) {
    this(fault, null, message, Map.of(), List.of(), Map.of());
  }

  /**
   * Makes one of a type that clients know, such as {@code error:connection/locked}.
   *
   * @param data what the type's contract puts beside the sentence
   */
  public static ApiException typed(
      Fault fault, String type, String message, Map<String, Object> data) {
    return new ApiException(fault, type, message, data, List.of(), Map.of());
  }

  /** Makes a 404 for an id that nothing has. */
  public static ApiException notFound(String kind, Object id) {
    return new ApiException(
        Fault.NOT_FOUND,
        null,
        "There is no " + kind + " " + id + ".",
        Map.of("resourceType", kind, "resourceId", id.toString()),
        List.of(),
        Map.of());
  }

  /** Makes a 422 that names every wrong field. */
  public static ApiException invalid(List<Mistake> mistakes) {
    return refused(Fault.UNPROCESSABLE, null, mistakes);
  }

  static ApiException refused(Fault fault, @Nullable String type, List<Mistake> mistakes) {
    String message = String.join(" ", mistakes.stream().map(Mistake::sentence).toList());
    return new ApiException(fault, type, message, Map.of(), List.copyOf(mistakes), Map.of());
  }

  /** Returns this error, naming the fields that it is about. */
  ApiException with(List<Mistake> named) {
    return new ApiException(fault, type, sentence(), data, List.copyOf(named), headers);
  }

  /** Returns this error with a header in its answer. */
  public ApiException withHeader(String name, String value) {
    return new ApiException(fault, type, sentence(), data, mistakes, Map.of(name, value));
  }

  /** Returns the kind. */
  public Fault fault() {
    return fault;
  }

  /** Returns the sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** Returns the type that clients know, where it has one of its own. */
  public @Nullable String type() {
    return type;
  }

  Map<String, Object> data() {
    return data;
  }

  List<Mistake> mistakes() {
    return mistakes;
  }

  Map<String, String> headers() {
    return headers;
  }
}
