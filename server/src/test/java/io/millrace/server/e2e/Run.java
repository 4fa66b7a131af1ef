package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.testkit.golden.GoldenFile;
import java.nio.file.Path;
import java.util.List;

/** What one process of the program did. */
record Run(int code, String out, String err, Path folder) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path GOLDEN = Path.of("src/test/resources/io/millrace/server/e2e");
  private static final int ERROR_LINES_MAX = 4;

  /** Returns the last line of stdout, after the promises of JSON output have been checked. */
  JsonNode summary() {
    List<String> lines = out.lines().toList();
    assertThat(lines).as(this::toString).isNotEmpty();
    for (String line : lines) {
      assertThat(json(line).path("type").isTextual()).as(line).isTrue();
    }
    assertThat(lines.stream().filter(line -> json(line).path("type").asText().equals("summary")))
        .as("one summary")
        .hasSize(1);
    JsonNode last = json(lines.getLast());
    assertThat(last.path("type").asText()).isEqualTo("summary");
    assertThat(last.path("seconds").isNumber()).isTrue();
    assertThat(last.path("peak_memory_bytes").asLong()).isPositive();
    assertThat(err.lines().count()).as(err).isLessThanOrEqualTo(ERROR_LINES_MAX);
    for (JsonNode stream : last.path("streams")) {
      assertThat(stream.has("target")).isTrue();
      assertThat(stream.path("renamed_columns").isObject()).isTrue();
    }
    return last;
  }

  /** Returns what the summary says of a stream. */
  JsonNode stream(String name) {
    for (JsonNode stream : summary().path("streams")) {
      if (stream.path("name").asText().equals(name)) {
        return stream;
      }
    }
    throw new AssertionError("no stream " + name + " in " + out);
  }

  /**
   * Checks the exit code, and that what the user reads is what a file says.
   *
   * @param port what differs from run to run
   */
  Run fails(int expected, String golden, int port) {
    assertThat(code).as(this::toString).isEqualTo(expected);
    assertThat(out + err).doesNotContain("\tat ").doesNotContain("Exception:");
    JsonNode summary = summary();
    StringBuilder text = new StringBuilder();
    text.append("exit code ").append(code).append(", ");
    text.append(summary.path("status").asText()).append('\n');
    if (summary.has("error")) {
      text.append("error: ").append(summary.at("/error/code").asText()).append('\n');
    }
    for (JsonNode stream : summary.path("streams")) {
      text.append(stream.path("name").asText()).append(": ");
      text.append(stream.path("status").asText());
      if (stream.path("error").isObject()) {
        text.append(", ").append(stream.at("/error/code").asText());
      }
      text.append('\n');
    }
    text.append('\n').append(err);
    GoldenFile.check(GOLDEN.resolve(golden + ".txt"), normal(text.toString(), port));
    return this;
  }

  private String normal(String text, int port) {
    return text.replace(folder.toString(), "FOLDER")
        .replaceAll("\\b" + port + "\\b", "PORT")
        .replaceAll("\\btest\\d+\\b", "DATABASE")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replaceAll("_millrace/[0-9a-f]{8}", "_millrace/ID")
        .replaceAll("(?m)[ \t]+$", "");
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
