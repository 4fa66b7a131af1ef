package io.millrace.server.store;

/** Encrypts what the store must not hold as it is. */
public interface TextSeal {
  /** Returns the form for the store. */
  String seal(String text);

  /** Returns the text that was sealed. */
  String open(String sealed);
}
