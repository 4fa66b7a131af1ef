package io.millrace.server.auth;

import io.millrace.server.http.Call;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cookie of a browser's session: out of reach of scripts, never sent from another site. */
final class SessionCookie {
  /** What browsers say of requests that come from a page of ours, or from the address bar. */
  private static final Set<String> OURS = Set.of("same-origin", "none");

  private final boolean secure;

  SessionCookie(boolean secure) {
    this.secure = secure;
  }

  /** Returns the token of the request's session, or null where it has none. */
  @Nullable String read(Call call) {
    String site = call.header("Sec-Fetch-Site");
    return site == null || OURS.contains(site) ? call.cookie(name()) : null;
  }

  void set(Call call, String token) {
    call.answerHeader("Set-Cookie", text(token, Sessions.LIFE.toSeconds()));
  }

  void remove(Call call) {
    call.answerHeader("Set-Cookie", text("", 0));
  }

  private String text(String token, long seconds) {
    return name()
        + "="
        + token
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + seconds
        + (secure ? "; Secure" : "");
  }

  /** The prefix makes browsers refuse the cookie from anybody but this very host. */
  private String name() {
    return secure ? "__Host-millrace_session" : "millrace_session";
  }
}
