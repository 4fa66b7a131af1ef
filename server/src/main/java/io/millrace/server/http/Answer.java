package io.millrace.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** What a route answers. */
public sealed interface Answer {
  /**
   * A JSON document.
   *
   * @param status the HTTP status
   * @param body a record, map, list or JSON node; components that are null are left out
   */
  record Json(int status, Object body) implements Answer {}

  /** No body. */
  record Empty(int status, Map<String, String> headers) implements Answer {}

  /** A text as it is, with its content type. */
  record Text(int status, String contentType, String text) implements Answer {}

  /**
   * A body written while it is made.
   *
   * @param contentType its type
   * @param headers further headers
   * @param writer writes it; on the request's thread
   */
  record Stream(String contentType, Map<String, String> headers, Writer writer) implements Answer {}

  /**
   * A body that goes on for as long as something happens: its headers leave at once, and what is
   * flushed is on its way. It is never compressed, because a compressor holds back what it has.
   *
   * @param contentType its type
   * @param headers further headers
   * @param writer writes it; on the request's thread
   */
  record Live(String contentType, Map<String, String> headers, Writer writer) implements Answer {}

  /** Writes a body. */
  @FunctionalInterface
  interface Writer {
    /**
     * Writes the body to its end.
     *
     * @throws IOException when the client is gone
     */
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  /** 200 with a JSON document. */
  static Answer ok(Object body) {
    return new Json(200, body);
  }

  /** 201 with a JSON document. */
  static Answer created(Object body) {
    return new Json(201, body);
  }

  /** 204. */
  static Answer none() {
    return new Empty(204, Map.of());
  }
}
