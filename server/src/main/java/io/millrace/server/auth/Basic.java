package io.millrace.server.auth;

import io.millrace.server.http.Call;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** User name and password of an {@code Authorization: Basic} header. */
record Basic(String user, String password) {
  private static final String SCHEME = "Basic ";

  /** Returns them, or null when the header is absent, of another kind or damaged. */
  static @Nullable Basic of(Call call) {
    String header = call.header("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String pair = new String(bytes, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? null : new Basic(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "Basic[user=" + user + "]";
  }
}
