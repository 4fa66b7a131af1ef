package io.millrace.server.cron;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Gatekeeper;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over HTTP, as the errors' shape is part of the promise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CronRulesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeAll
  void start() {
    Routes routes = new Routes();
    new CronEndpoints(CLOCK).add(routes);
    CronRules rules = new CronRules(CLOCK);
    routes
        .config(
            Access.READ,
            "/cron",
            call ->
                Answer.ok(
                    rules.config(
                        call.body().textOrNull("cronExpression"),
                        call.body().textOrNull("cronTimeZone"))))
        .resource(
            Access.READ,
            Method.POST,
            "/cron",
            call -> Answer.ok(rules.resource(call.body().textOrNull("cronExpression"))));
    server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", List.of(0), null, null), Gatekeeper.OPEN, routes);
  }

  @AfterAll
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void describesAnExpression() throws Exception {
    JsonNode answer =
        post("/api/v1/web_backend/describe_cron_expression", 200, cron("0 0 12 * * ?", null));
    assertThat(answer.path("cronExpression").asText()).isEqualTo("0 0 12 * * ?");
    assertThat(answer.path("description").asText()).isEqualTo("At 12:00 every day");
    assertThat(answer.path("nextExecutions")).hasSize(5);
    assertThat(answer.path("nextExecutions").get(0).asLong())
        .isEqualTo(Instant.parse("2026-11-29T12:00:00Z").getEpochSecond());
    JsonNode berlin =
        post(
            "/api/v1/web_backend/describe_cron_expression",
            200,
            cron("0 6 * * *", "Europe/Berlin"));
    assertThat(berlin.path("nextExecutions").get(0).asLong())
        .isEqualTo(Instant.parse("2026-11-29T05:00:00Z").getEpochSecond());
  }

  @ParameterizedTest
  @CsvSource({
    "0 99 * * *, UTC, invalid-expression",
    "0 0 31 2 *, UTC, invalid-expression",
    "0 0 0 1 1 ? 2020, UTC, invalid-expression",
    "0 6 * * *, Mars/Base, invalid-timezone",
    "0 6 * * *, Etc/UTC, unsupported-timezone",
    "0 6 * * *, , missing-component",
    ", UTC, missing-component"
  })
  void refusesWithAProblemOfItsType(@Nullable String expression, @Nullable String zone, String type)
      throws Exception {
    JsonNode problem = post("/api/v1/cron", 400, cron(expression, zone));
    assertThat(problem.path("type").asText()).isEqualTo("error:cron-validation/" + type);
    assertThat(problem.path("detail").asText()).isNotBlank();
  }

  @Test
  void describesNothingThatIsWrong() throws Exception {
    JsonNode problem =
        post("/api/v1/web_backend/describe_cron_expression", 400, cron("0 99 * * *", null));
    assertThat(problem.path("type").asText()).isEqualTo("error:cron-validation/invalid-expression");
    assertThat(problem.path("data").path("validationErrorMessage").asText())
        .startsWith("The hour field");
    post("/api/v1/web_backend/describe_cron_expression", 422, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 * * * ? UTC, 0 0 * * * ?, UTC",
    "0 0 * * * ?, 0 0 * * * ?, UTC",
    "0 6 * * *, 0 6 * * *, UTC",
    "0 0 6 * * ? 2030 Europe/Berlin, 0 0 6 * * ? 2030, Europe/Berlin"
  })
  void takesAZoneAtTheEndOnThePublicApi(String text, String expression, String zone)
      throws Exception {
    JsonNode checked = post("/v1/cron", 200, cron(text, null));
    assertThat(checked.path("expression").asText()).isEqualTo(expression);
    assertThat(checked.path("timeZone").asText()).isEqualTo(zone);
    assertThat(CronRules.resourceText(expression, zone)).isEqualTo(expression + " " + zone);
  }

  @ParameterizedTest
  @CsvSource({"* * * * *, minute", "* 0 * * * ?, second", "0 * * * * ?, minute"})
  void refusesEveryMinuteOnThePublicApi(String text, String field) throws Exception {
    JsonNode problem = post("/v1/cron", 400, cron(text, null));
    assertThat(problem.path("title").asText()).isEqualTo("bad-request");
    assertThat(problem.path("detail").asText()).contains("* in its " + field + " field");
  }

  private static Map<String, @Nullable String> cron(
      @Nullable String expression, @Nullable String zone) {
    Map<String, @Nullable String> body = new HashMap<>();
    body.put("cronExpression", expression);
    body.put("cronTimeZone", zone);
    return body;
  }

  private JsonNode post(String path, int status, Map<String, @Nullable String> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.ports().get(0) + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Documents.MAPPER.writeValueAsString(body)))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Documents.MAPPER.readTree(answer.body());
  }
}
