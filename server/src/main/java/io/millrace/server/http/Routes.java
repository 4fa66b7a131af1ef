package io.millrace.server.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The routes of a server, collected before it starts. Every path is also served with a slash at its
 * end; parameters are written {@code {jobId}}.
 */
public final class Routes {
  /**
   * One route.
   *
   * @param api whose error shape it answers in
   */
  record Route(Api api, Access access, Method method, String path, Action action) {}

  /**
   * What a route is called by.
   *
   * @param path with its parameters as {@code {jobId}}
   */
  public record Listed(Method method, String path, Access access) {}

  private static final String CONFIG = "/api/v1";
  private static final List<String> PUBLIC = List.of("/api/public/v1", "/v1");

  private final List<Route> routes = new ArrayList<>();

  /** Adds a call of the Config API: {@code config(Access.READ, "/jobs/get", ...)}. */
  public Routes config(Access access, String path, Action action) {
    return at(Api.CONFIG, access, Method.POST, CONFIG + path, action);
  }

  /**
   * Adds a resource of the public API: {@code resource(Access.READ, GET, "/jobs/{jobId}", ...)}.
   */
  public Routes resource(Access access, Method method, String path, Action action) {
    PUBLIC.forEach(base -> at(Api.PUBLIC, access, method, base + path, action));
    return this;
  }

  /** Adds a route at a whole path. */
  public Routes at(Api api, Access access, Method method, String path, Action action) {
    routes.add(new Route(api, access, method, path, action));
    return this;
  }

  /** Adds the routes that were collected apart. */
  public Routes addAll(Routes others) {
    routes.addAll(others.routes);
    return this;
  }

  /** Returns what can be called, in the order in which it was added. */
  public List<Listed> listed() {
    return routes.stream()
        .map(route -> new Listed(route.method(), route.path(), route.access()))
        .toList();
  }

  List<Route> all() {
    return List.copyOf(routes);
  }
}
