package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a client sees of routes that break. */
final class BrokenAnswersTest {
  private static final int MUCH = 1 << 20;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Dispatcher.class);
  private HttpServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    log.start();
    logger.addAppender(log);
    Routes routes = new Routes();
    breaks(routes, "nesting", BrokenAnswersTest::nest);
    breaks(routes, "memory", () -> fail(new OutOfMemoryError("Java heap space, a secret")));
    breaks(routes, "linkage", () -> fail(new NoClassDefFoundError("a/secret/Thing")));
    breaks(routes, "runtime", () -> fail(new IllegalStateException("a secret")));
    writes(routes, "early", 0);
    writes(routes, "late", MUCH);
    server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", List.of(0), null, null), Gatekeeper.OPEN, routes);
    client = TestClient.of(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    logger.detachAppender(log);
  }

  @Test
  void answersWithAnIdThatTheLogKnows() throws Exception {
    for (String how : List.of("nesting", "memory", "linkage", "runtime", "early")) {
      TestClient.Reply config = client.post("/api/v1/" + how, "{}");
      assertThat(config.status()).as(how).isEqualTo(500);
      assertThat(config.text()).doesNotContain("secret");
      assertThat(logged()).as(how).isEqualTo(config.json().path("errorId").asText());
      TestClient.Reply problem = client.post("/v1/" + how, "{}");
      assertThat(problem.status()).as(how).isEqualTo(500);
      assertThat(problem.json().path("title").asText()).isEqualTo("unexpected-problem");
      assertThat(problem.text()).doesNotContain("secret");
      assertThat(logged()).as(how).isEqualTo(problem.json().path("errorId").asText());
    }
  }

  @Test
  void cutsAnAnswerThatHadBegun() {
    assertThatThrownBy(() -> client.post("/api/v1/late", "{}")).isInstanceOf(IOException.class);
    assertThat(logged()).isNotEmpty();
  }

  /** Returns the id in the last line, which has what was thrown. */
  private String logged() {
    ILoggingEvent last = log.list.getLast();
    assertThat(last.getMessage()).isEqualTo("request_failed");
    assertThat(last.getThrowableProxy()).isNotNull();
    return last.getKeyValuePairs().stream()
        .filter(pair -> Objects.equals(pair.key, "error_id"))
        .map(pair -> String.valueOf(pair.value))
        .findFirst()
        .orElse("");
  }

  private static void breaks(Routes routes, String how, Runnable breaking) {
    Action action =
        call -> {
          breaking.run();
          return Answer.none();
        };
    routes.config(Access.READ, "/" + how, action);
    routes.resource(Access.READ, Method.POST, "/" + how, action);
  }

  /** A stream that breaks after so many bytes. */
  private static void writes(Routes routes, String how, int bytes) {
    Answer.Writer writer =
        out -> {
          out.write(new byte[bytes]);
          throw new IllegalStateException("a secret");
        };
    Action action = call -> new Answer.Stream("text/plain", Map.of(), writer);
    routes.config(Access.READ, "/" + how, action);
    routes.resource(Access.READ, Method.POST, "/" + how, action);
  }

  /** Two lists that hold each other have no end. */
  private static void nest() {
    List<Object> outer = new ArrayList<>();
    List<Object> inner = new ArrayList<>(List.of(outer));
    outer.add(inner);
    assertThat(outer.hashCode()).isZero();
  }

  private static void fail(Throwable thrown) {
    BrokenAnswersTest.<RuntimeException>sneak(thrown);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
