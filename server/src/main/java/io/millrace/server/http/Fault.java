package io.millrace.server.http;

/** The kinds of error answers, with the status, type and title that both APIs give them. */
public enum Fault {
  BAD_REQUEST(400, "bad-request"),
  VALUE_NOT_FOUND(400, "value-not-found"),
  UNAUTHORIZED(401, "invalid-api-key"),
  FORBIDDEN(403, "forbidden"),
  NOT_FOUND(404, "resource-not-found"),
  TOO_SLOW(408, "request-timeout"),
  STATE_CONFLICT(409, "state-conflict"),
  TRY_AGAIN_LATER(409, "try-again-later"),
  TOO_LARGE(413, "payload-too-large"),
  UNSUPPORTED_TYPE(415, "unsupported-media-type"),
  UNPROCESSABLE(422, "unprocessable-entity"),
  LOCKED(423, "locked"),
  TOO_MANY_REQUESTS(429, "too-many-requests"),
  HEADERS_TOO_LARGE(431, "request-header-fields-too-large"),
  UNEXPECTED(500, "unexpected-problem"),
  NOT_OFFERED(501, "error:implementation/not-implemented-in-oss"),
  UNAVAILABLE(503, "service-unavailable");

  private final int status;
  private final String title;

  Fault(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the short name that stands in {@code title}. */
  public String title() {
    return title;
  }
}
