package io.millrace.server.http;

/** The HTTP methods that routes have. */
public enum Method {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE
}
