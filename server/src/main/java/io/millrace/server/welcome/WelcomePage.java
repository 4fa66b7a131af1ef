package io.millrace.server.welcome;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Serves the page, its style and its script. */
public final class WelcomePage {
  private WelcomePage() {}

  /** Adds the routes. */
  public static void addTo(Routes routes) {
    file(routes, "/", "index.html", "text/html; charset=utf-8");
    file(routes, "/welcome.css", "welcome.css", "text/css; charset=utf-8");
    file(routes, "/welcome.js", "welcome.js", "text/javascript; charset=utf-8");
  }

  private static void file(Routes routes, String path, String name, String type) {
    String text = read(name);
    routes.at(
        Api.PUBLIC,
        Access.OPEN,
        Method.GET,
        path,
        call -> {
          call.answerHeader(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " img-src data:; frame-ancestors 'none'; base-uri 'none'");
          call.answerHeader("X-Content-Type-Options", "nosniff");
          call.answerHeader("Referrer-Policy", "no-referrer");
          return new Answer.Text(200, type, text);
        });
  }

  private static String read(String name) {
    try (InputStream in = WelcomePage.class.getResourceAsStream("/welcome/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its page " + name + ".");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
