package io.millrace.server.metrics;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /metrics}, {@code /health} and {@code /ready}. */
public final class HealthEndpoints {
  private final Metrics metrics;
  private final Map<String, Supplier<Optional<String>>> checks;
  private final Supplier<Optional<String>> waiting;

  /**
   * Makes them.
   *
   * @param checks what readiness depends on, by name; each returns what is wrong, or nothing
   * @param waiting why new jobs wait, or nothing; answers at once
   */
  public HealthEndpoints(
      Metrics metrics,
      Map<String, Supplier<Optional<String>>> checks,
      Supplier<Optional<String>> waiting) {
    this.metrics = metrics;
    this.waiting = waiting;
    this.checks = new LinkedHashMap<>(checks);
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .at(
            Api.PUBLIC,
            Access.READ,
            Method.GET,
            "/metrics",
            call -> new Answer.Text(200, Metrics.CONTENT_TYPE, metrics.scrape()))
        .at(Api.PUBLIC, Access.OPEN, Method.GET, "/health", call -> alive())
        .at(Api.PUBLIC, Access.OPEN, Method.GET, "/ready", call -> ready());
  }

  /** Lives as long as it answers; why new jobs wait is said beside. */
  private Answer alive() {
    return Answer.ok(
        waiting
            .get()
            .map(why -> Map.<String, Object>of("available", true, "jobsWait", why))
            .orElse(Map.of("available", true)));
  }

  /** 503 while something is wrong, so that a load balancer asks elsewhere. */
  private Answer ready() {
    Map<String, String> parts = new LinkedHashMap<>();
    boolean good = true;
    for (Map.Entry<String, Supplier<Optional<String>>> check : checks.entrySet()) {
      Optional<String> wrong = check.getValue().get();
      good &= wrong.isEmpty();
      parts.put(check.getKey(), wrong.orElse("ok"));
    }
    return new Answer.Json(good ? 200 : 503, Map.of("ready", good, "checks", parts));
  }
}
