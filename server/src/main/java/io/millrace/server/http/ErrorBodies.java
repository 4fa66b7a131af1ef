package io.millrace.server.http;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes errors in the shape that the clients of each API read. */
final class ErrorBodies {
  private static final String DOCUMENTATION = "https://reference.airbyte.com/reference/errors";

  /** What follows {@link #DOCUMENTATION} in a type, where it is not the title. */
  private static final Map<String, String> FRAGMENTS =
      Map.of(
          Fault.STATE_CONFLICT.title(), "#409-state-conflict",
          Fault.VALUE_NOT_FOUND.title(), "",
          Fault.UNEXPECTED.title(), "",
          Fault.UNAVAILABLE.title(), "");

  private ErrorBodies() {}

  /**
   * Returns the body of an error's answer.
   *
   * @param id what the server's log knows an unexpected one by
   */
  static Map<String, Object> of(Api api, ApiException error, UUID id) {
    return api == Api.PUBLIC || error.type() != null ? problem(error, id) : known(error, id);
  }

  /** Returns the body of an error's answer with the fields of both APIs. */
  static Map<String, Object> ofBoth(ApiException error, UUID id) {
    Map<String, Object> body = problem(error, id);
    body.putAll(known(error, id));
    return body;
  }

  /** Sorts what a connector threw by who acts next. */
  static ApiException of(ConnectorException failure) {
    Fault fault =
        switch (failure) {
          case ConfigException ignored -> Fault.UNPROCESSABLE;
          case TransientException ignored -> Fault.UNAVAILABLE;
          case OutcomeUnknownException ignored -> Fault.UNAVAILABLE;
          case SystemException ignored -> Fault.UNEXPECTED;
        };
    return new ApiException(fault, failure.userMessage());
  }

  private static Map<String, Object> problem(ApiException error, UUID id) {
    String title = error.type() == null ? error.fault().title() : error.type();
    Map<String, Object> data = new LinkedHashMap<>(error.data());
    data.putIfAbsent("message", error.sentence());
    if (!error.mistakes().isEmpty()) {
      data.put("validationErrors", errors(error.mistakes()));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", error.fault().status());
    body.put("type", type(title));
    body.put("title", title);
    body.put("detail", error.sentence());
    body.put("documentationUrl", DOCUMENTATION);
    body.put("data", data);
    if (error.fault() == Fault.UNEXPECTED) {
      body.put("errorId", id.toString());
    }
    return body;
  }

  private static String type(String title) {
    return title.startsWith("error:")
        ? title
        : DOCUMENTATION + FRAGMENTS.getOrDefault(title, "#" + title);
  }

  private static Map<String, Object> known(ApiException error, UUID id) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("message", error.sentence());
    body.put("exceptionStack", List.of());
    body.put("rootCauseExceptionStack", List.of());
    if (!error.data().isEmpty()) {
      body.put("details", error.data());
    }
    if (!error.mistakes().isEmpty()) {
      body.put("validationErrors", errors(error.mistakes()));
    }
    body.put("errorId", id.toString());
    return body;
  }

  private static List<Map<String, Object>> errors(List<Mistake> mistakes) {
    return mistakes.stream()
        .map(
            mistake -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("propertyPath", mistake.path());
              if (mistake.value() != null) {
                one.put("invalidValue", mistake.value());
              }
              one.put("message", "expected " + mistake.expected());
              return one;
            })
        .toList();
  }
}
