package io.millrace.server.openapi;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Serves the document. Thread-safe. */
public final class OpenApiEndpoints {
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable String text;

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .at(
            Api.CONFIG,
            Access.OPEN,
            Method.GET,
            "/api/openapi.yaml",
            call -> new Answer.Text(200, "application/yaml", text()))
        .at(
            Api.CONFIG,
            Access.OPEN,
            Method.GET,
            "/api/v1/openapi",
            call -> new Answer.Text(200, "text/plain; charset=utf-8", text()));
  }

  /** Made at the first request, so that a start does not wait for it. */
  private String text() {
    String made = text;
    if (made != null) {
      return made;
    }
    making.lock();
    try {
      made = text;
      if (made == null) {
        made = OpenApiDocument.read().yaml();
        text = made;
      }
      return made;
    } finally {
      making.unlock();
    }
  }
}
