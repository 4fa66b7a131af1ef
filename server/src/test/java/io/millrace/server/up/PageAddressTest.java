package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The links of messages lead to the page, and from there its files and calls are found. */
final class PageAddressTest {
  private static final String ID = "6f3d1a52-9b1c-4c8e-8d7a-1f2e3d4c5b6a";

  @TempDir private Path folder;

  @Test
  void everyLinkOfAMessageLeadsToThePage() throws Exception {
    String workspace = "/workspaces/" + ID;
    try (RunningServer server = RunningServer.withLogin(folder);
        HttpClient http = HttpClient.newHttpClient()) {
      for (String path :
          List.of(
              "/",
              workspace,
              workspace + "/connections/" + ID,
              workspace + "/connections/" + ID + "/",
              workspace + "/sources/" + ID,
              workspace + "/source/" + ID,
              workspace + "/destinations/" + ID,
              workspace + "/destination/" + ID)) {
        URI address = URI.create(server.urls().getFirst() + path);
        HttpResponse<String> page = get(http, address);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).contains("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        String base = page.body().replaceAll("(?s).*<base href=\"([^\"]*)\">.*", "$1");
        HttpResponse<String> style = get(http, address.resolve(base).resolve("welcome.css"));
        assertThat(style.statusCode()).as(path + " with " + base).isEqualTo(200);
      }
    }
  }

  private static HttpResponse<String> get(HttpClient http, URI address) throws Exception {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
