package io.millrace.server.joblog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import io.millrace.server.http.Times;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** The calls that read jobs' logs: whole, followed, searched. */
public final class JobLogEndpoints {
  private static final String ONE = "/api/v1/jobs/{jobId}/attempts/{attempt}/logs";
  private static final int SEARCH_CHARS_MAX = 1_000;

  private final JobLogs logs;
  private final JobLogSearch search;

  /** Makes them. */
  public JobLogEndpoints(JobLogs logs, JobLogSearch search) {
    this.logs = logs;
    this.search = search;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .at(Api.CONFIG, Access.READ, Method.GET, ONE, this::download)
        .at(Api.CONFIG, Access.READ, Method.GET, ONE + "/tail", this::tail)
        .config(Access.READ, "/logs/search", this::search);
  }

  private Answer download(Call call) {
    AttemptKey key = key(call);
    String name = "job-" + key.job() + "-attempt-" + key.attempt() + ".log";
    return new Answer.Stream(
        "text/plain; charset=utf-8",
        Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""),
        out -> {
          try {
            logs.read(key, 0, line -> write(out, line.text() + "\n"));
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
  }

  /** Server-sent events, one a line; the id is the line's number, so that a reader can resume. */
  private Answer tail(Call call) {
    AttemptKey key = key(call);
    long from = lastId(call);
    return new Answer.Live(
        "text/event-stream",
        Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"),
        out -> new LogTail(logs, key, from, search::running).follow(out));
  }

  private Answer search(Call call) {
    Body body = call.body();
    String text = body.textOrNull("text");
    if (text != null && text.length() > SEARCH_CHARS_MAX) {
      body.wrong("text", "at most " + SEARCH_CHARS_MAX + " characters");
    }
    LogQuery query =
        new LogQuery(
            text == null ? "" : text.toLowerCase(Locale.ROOT),
            body.choice("level", LogLine.Level.TRACE),
            body.idOrNull("connectionId"),
            body.numericIdOrNull("jobId"),
            Times.instantOrNull(body, "createdAtStart"),
            Times.instantOrNull(body, "createdAtEnd"),
            body.number("pageSize", 200, 1, logs.settings().linesFoundMax()));
    body.check();
    ObjectNode found = search.find(query);
    return Answer.ok(found);
  }

  private static boolean write(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AttemptKey key(Call call) {
    AttemptKey key = AttemptKey.of(call);
    if (!search.exists(key)) {
      throw ApiException.notFound("attempt", key.job() + "/" + key.attempt());
    }
    return key;
  }

  private static long lastId(Call call) {
    String last = call.header("Last-Event-ID");
    return last != null && last.matches("\\d{1,12}") ? Long.parseLong(last) + 1 : 0;
  }
}
