package io.millrace.server.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.importer.FakeAirbyte;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ApiClientTest {
  private static final String PATH = "/workspaces/list";

  private FakeAirbyte server;

  @BeforeEach
  void start() throws IOException {
    server = FakeAirbyte.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aWebPageIsNoAnswer() {
    server.breaks(PATH, call -> FakeAirbyte.send(call, 200, "text/html", "<html>Welcome"));
    assertThatThrownBy(this::call)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a web page");
  }

  @Test
  void brokenJsonIsNoEmptyList() {
    server.breaks(PATH, call -> FakeAirbyte.send(call, 200, "application/json", "{\"workspaces"));
    assertThatThrownBy(this::call)
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("broken JSON");
  }

  @Test
  void anAnswerThatIsBrokenOffIsNoEmptyList() {
    server.breaks(
        PATH,
        call -> {
          call.sendResponseHeaders(200, 1000);
          call.getResponseBody().write("{\"workspaces\": []}".getBytes(StandardCharsets.UTF_8));
          call.getResponseBody().flush();
        });
    assertThatThrownBy(this::call)
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("broke off its answer to /workspaces/list");
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUp() {
    CountDownLatch over = new CountDownLatch(1);
    server.breaks(
        PATH,
        call -> {
          call.sendResponseHeaders(200, 0);
          call.getResponseBody().write('{');
          call.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try (ApiClient client =
        new ApiClient(server.url(), new Credentials.None(), "X", Duration.ofMillis(300))) {
      assertThatThrownBy(() -> client.post(PATH, Documents.empty()))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("did not answer /workspaces/list in time");
    } finally {
      over.countDown();
    }
  }

  @Test
  void aTokenThatRanOutIsFetchedAnew() throws Exception {
    AtomicInteger tokens = new AtomicInteger();
    server.breaks(
        "/applications/token",
        call ->
            FakeAirbyte.send(
                call,
                200,
                "application/json",
                "{\"access_token\": \"token-" + tokens.incrementAndGet() + "\"}"));
    server.requires("Bearer token-1");
    try (ApiClient client =
        new ApiClient(server.url(), new Credentials.Application("id", "secret"))) {
      client.post(PATH, Documents.empty());
      client.post(PATH, Documents.empty());
      server.requires("Bearer token-2");
      client.post(PATH, Documents.empty());
    }
    assertThat(tokens).hasValue(2);
  }

  @Test
  void aMoveAndACrowdAreSaid() {
    server.breaks(
        PATH,
        call -> {
          call.getResponseHeaders().set("Location", "https://new.example/");
          call.sendResponseHeaders(301, -1);
        });
    assertThatThrownBy(this::call)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("to https://new.example/; name that server instead");
    server.breaks(PATH, call -> FakeAirbyte.send(call, 429, "text/plain", "slow down"));
    assertThatThrownBy(this::call).isInstanceOf(TransientException.class);
  }

  private void call() throws InterruptedException {
    try (ApiClient client = new ApiClient(server.url(), new Credentials.None())) {
      client.post(PATH, Documents.empty());
    }
  }
}
