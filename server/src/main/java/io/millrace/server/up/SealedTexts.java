package io.millrace.server.up;

import io.millrace.server.secret.Secrets;
import io.millrace.server.store.TextSeal;

/** Keeps texts of the store encrypted. */
final class SealedTexts implements TextSeal {
  private final Secrets secrets;

  SealedTexts(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public String seal(String text) {
    return secrets.sealText(text);
  }

  @Override
  public String open(String sealed) {
    return secrets.openText(sealed);
  }
}
