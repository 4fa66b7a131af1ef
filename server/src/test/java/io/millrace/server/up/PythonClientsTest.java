package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Airbyte's own Python client, as it comes from PyPI, against the whole server. Its environment is
 * made once in target; where Python or the package cannot be had, these tests are skipped and say
 * so.
 */
final class PythonClientsTest {
  private static final String PACKAGE = "airbyte-api==1.0.1";
  private static final Path SCRIPT = Path.of("src/test/python/airbyte_api_client.py");
  private static final Path ENVIRONMENT = Path.of("target", PACKAGE.replace("==", "-"));
  private static final Path PYTHON = ENVIRONMENT.resolve("bin/python").toAbsolutePath();
  private static final int MINUTES_MAX = 4;

  @TempDir private Path folder;

  @BeforeAll
  static void environment(@TempDir Path folder) throws Exception {
    assumeTrue(
        has(folder) || (made(folder) && has(folder)),
        "Skipped: python3 is missing here, or " + PACKAGE + " cannot be installed.");
  }

  @Test
  void worksWithoutLogin() throws Exception {
    try (RunningServer server = RunningServer.open(folder)) {
      everyCall(server, "none");
    }
  }

  @Test
  void worksWithBasicLogin() throws Exception {
    try (RunningServer server = RunningServer.withLogin(folder)) {
      everyCall(server, "basic", RunningServer.USER, RunningServer.PASSWORD);
    }
  }

  @Test
  void worksWithClientCredentials() throws Exception {
    try (RunningServer server = RunningServer.withLogin(folder)) {
      RunningServer.Application application = server.application();
      everyCall(server, "client", application.id(), application.secret());
    }
  }

  private void everyCall(RunningServer server, String... login) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(PYTHON.toString(), SCRIPT.toAbsolutePath().toString()));
    command.addAll(List.of(server.publicApi(), server.warehouse()));
    command.addAll(List.of(login));
    Ended ended = run(folder, command);
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("all calls answered");
  }

  private static boolean made(Path folder) throws IOException, InterruptedException {
    List<String> create = List.of("python3", "-m", "venv", ENVIRONMENT.toAbsolutePath().toString());
    List<String> install =
        List.of(PYTHON.toString(), "-m", "pip", "install", "--quiet", "--retries", "1", PACKAGE);
    return run(folder, create).code() == 0 && run(folder, install).code() == 0;
  }

  private static boolean has(Path folder) throws IOException, InterruptedException {
    return Files.isExecutable(PYTHON)
        && run(folder, List.of(PYTHON.toString(), "-c", "import airbyte_api")).code() == 0;
  }

  private record Ended(int code, String output) {}

  /** Runs a program to its end; one that cannot be started ends with -1. */
  private static Ended run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    File output = Files.createTempFile(folder, "python", ".log").toFile();
    Process process;
    try {
      process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    } catch (IOException e) {
      return new Ended(-1, e.toString());
    }
    if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      return new Ended(-1, command + " took longer than " + MINUTES_MAX + " minutes");
    }
    return new Ended(
        process.exitValue(), Files.readString(output.toPath(), StandardCharsets.UTF_8));
  }
}
