package io.millrace.server.http;

/** What a caller must be allowed to do to use a route; each includes those before it. */
public enum Access {
  /** Nothing: health, tokens, login. */
  OPEN,
  /** See. */
  READ,
  /** Change sources, destinations, connections; run jobs. */
  EDIT,
  /** Change keys, users and settings. */
  ADMIN
}
