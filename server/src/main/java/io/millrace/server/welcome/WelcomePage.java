package io.millrace.server.welcome;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Serves the page, its style and its script. */
public final class WelcomePage {
  private WelcomePage() {}

  /** Adds the routes. */
  public static void addTo(Routes routes) {
    page(routes, "/");
    page(routes, "/workspaces/{workspaceId}");
    page(routes, "/workspaces/{workspaceId}/connections/{connectionId}");
    for (String side : List.of("source", "destination")) {
      // Messages say the plural, Airbyte's own links the singular.
      page(routes, "/workspaces/{workspaceId}/" + side + "s/{" + side + "Id}");
      page(routes, "/workspaces/{workspaceId}/" + side + "/{" + side + "Id}");
    }
    file(routes, "/welcome.css", "welcome.css", "text/css; charset=utf-8");
    file(routes, "/welcome.js", "welcome.js", "text/javascript; charset=utf-8");
  }

  /** The page asks for everything from the server's root, however deep its own address lies. */
  private static void page(Routes routes, String path) {
    String text = read("index.html");
    add(
        routes,
        path,
        "text/html; charset=utf-8",
        call -> text.replace("<base href=\"./\">", "<base href=\"" + root(call) + "\">"));
  }

  /** Relative, because a proxy may serve the root as a folder of its own. */
  private static String root(Call call) {
    long folders = call.pathAndQuery().split("\\?", 2)[0].chars().filter(c -> c == '/').count() - 1;
    return folders <= 0 ? "./" : "../".repeat((int) folders);
  }

  private static void file(Routes routes, String path, String name, String type) {
    String text = read(name);
    add(routes, path, type, call -> text);
  }

  private static void add(Routes routes, String path, String type, Function<Call, String> text) {
    routes.at(
        Api.PUBLIC,
        Access.OPEN,
        Method.GET,
        path,
        call -> {
          call.answerHeader(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " img-src data:; frame-ancestors 'none'; base-uri 'self'");
          call.answerHeader("X-Content-Type-Options", "nosniff");
          call.answerHeader("Referrer-Policy", "no-referrer");
          return new Answer.Text(200, type, text.apply(call));
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
