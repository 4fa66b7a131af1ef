package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.output.Console;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Arguments that say where the server is, and the command that it prints. */
final class UpArgumentsTest {
  @TempDir private Path folder;

  @Test
  void refusesWrongArgumentsInASentence() {
    TestProgram program = new TestProgram(folder);
    TestProgram.Result open = program.run("up", "--no-open=maybe");
    assertThat(open.code()).isEqualTo(ExitCode.USAGE);
    assertThat(open.err()).contains("--no-open takes true or false, not \"maybe\"");
    TestProgram.Result data = program.run("backup", "--data", "");
    assertThat(data.code()).isEqualTo(ExitCode.USAGE);
    assertThat(data.err()).contains("--data is empty; expected a folder");
  }

  @Test
  @Timeout(60)
  void refusesAWrongVariableInASentence() {
    TestProgram program = new TestProgram(folder);
    program.environment.put("MILLRACE_MAX_PARALLEL_JOBS", "0");
    TestProgram.Result up = program.run("up", "--no-open", "--data", folder.toString());
    assertThat(up.code()).isEqualTo(ExitCode.USAGE);
    assertThat(up.err())
        .contains("MILLRACE_MAX_PARALLEL_JOBS is \"0\"; expected a whole number from 1 to 18.");
  }

  @Test
  @Timeout(60)
  void variablesSayWhatTheyMean() {
    TestProgram program = new TestProgram(folder);
    for (String empty : List.of("DATA", "HOST", "PORT", "API_PORT", "PUBLIC_URL", "TLS_CERT")) {
      program.environment.put("MILLRACE_" + empty, "");
    }
    program.environment.put("MILLRACE_NO_OPEN", "no");
    TestProgram.Result open = program.run("up");
    assertThat(open.code()).isEqualTo(ExitCode.USAGE);
    assertThat(open.err())
        .contains("MILLRACE_NO_OPEN is \"no\"; expected true or false.")
        .doesNotContain("--");
  }

  @Test
  void printsCommandsAsTheProgramWasCalled() {
    assertThat(LookCloser.line(called("./millrace"), folder.resolve("shop.duckdb"), "orders"))
        .isEqualTo("Look closer:  ./millrace query shop.duckdb 'FROM orders LIMIT 10'");
    assertThat(LookCloser.line(called("/opt/my tools/millrace"), Path.of("/a b.duckdb"), "users"))
        .isEqualTo(
            "Look closer:  '/opt/my tools/millrace' query '/a b.duckdb' 'FROM users LIMIT 10'");
  }

  private Surroundings called(String program) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Surroundings(
        Console.plain(nowhere, nowhere),
        new ByteArrayInputStream(new byte[0]),
        Clock.systemUTC(),
        Map.of(),
        folder,
        program,
        ConnectorRegistry.of(List.of()));
  }
}
