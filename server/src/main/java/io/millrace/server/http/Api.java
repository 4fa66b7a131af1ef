package io.millrace.server.http;

/** The two APIs; they differ in how errors look. */
public enum Api {
  /** {@code /api/v1}: calls named by paths, every one a POST. */
  CONFIG,
  /** {@code /api/public/v1} and {@code /v1}: resources. */
  PUBLIC
}
