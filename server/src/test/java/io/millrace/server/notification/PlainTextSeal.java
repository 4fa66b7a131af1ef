package io.millrace.server.notification;

import io.millrace.server.store.TextSeal;

/** Marks what would be encrypted. */
final class PlainTextSeal implements TextSeal {
  static final String MARK = "sealed ";

  @Override
  public String seal(String text) {
    return MARK + text;
  }

  @Override
  public String open(String sealed) {
    return sealed.startsWith(MARK) ? sealed.substring(MARK.length()) : sealed;
  }
}
