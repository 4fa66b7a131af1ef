package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.http.Routes;
import io.millrace.server.store.Dialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document says all that is served, and nothing else. */
final class OpenApiRoutesTest {
  @TempDir private Path folder;

  @Test
  void documentAndRoutesAreTheSame() {
    try (RunningServer server = new RunningServer(Dialect.SQLITE, folder);
        ValidatingClient client = new ValidatingClient(server.uri())) {
      List<String> served = server.routes().listed().stream().map(OpenApiRoutesTest::name).toList();
      List<String> said =
          new Operations()
              .all().stream().map(one -> name(one.method() + " " + one.path())).toList();
      assertThat(without(served, said)).as("served, but not in the document").isEmpty();
      assertThat(without(said, served)).as("in the document, but not served").isEmpty();
      client.call("GET", "/api/openapi.yaml", null, 200);
      client.call("GET", "/api/v1/openapi", null, 200);
    }
  }

  private static List<String> without(List<String> all, List<String> some) {
    List<String> rest = new ArrayList<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static String name(Routes.Listed route) {
    return name(route.method() + " " + route.path());
  }

  /** The names of parameters do not matter to a client. */
  private static String name(String call) {
    return call.replaceAll("\\{\\w+}", "{}");
  }
}
