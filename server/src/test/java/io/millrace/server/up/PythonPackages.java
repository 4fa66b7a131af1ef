package io.millrace.server.up;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Python environment with packages as PyPI has them, made once for all checkouts of this machine,
 * in the user's folder for caches.
 */
final class PythonPackages {
  private static final int MINUTES_MAX = 8;

  /** What pip says where no index answers, or what is there lacks the packages. */
  private static final Pattern OUT_OF_REACH =
      Pattern.compile("Connection|timed out|took longer than|No matching distribution");

  private final Path python;

  private PythonPackages(Path python) {
    this.python = python;
  }

  /** How a program ended. */
  record Ended(int code, String output) {}

  /**
   * Returns the environment; makes it where it is missing.
   *
   * <p>Where there is no Python, one that is too old, or no PyPI in reach to install from, the test
   * is skipped and says so; {@code -Dtest.python=false} skips it without trying.
   *
   * @param name of the environment; another one for other packages
   * @param module what it must be able to import
   */
  static PythonPackages with(String name, String module, String... packages)
      throws IOException, InterruptedException {
    assumeTrue(
        !"false".equals(System.getProperty("test.python")), "Skipped: test.python is false.");
    boolean usable =
        run(List.of(
                    "python3",
                    "-c",
                    "import sys, venv, ensurepip; assert sys.version_info >= (3, 10)"))
                .code()
            == 0;
    assumeTrue(usable, "Skipped: python3 is missing here, is older than 3.10, or lacks venv.");
    Path environment = caches().resolve(name);
    if (!imports(environment, module)) {
      make(environment, packages);
    }
    if (!imports(environment, module)) {
      throw new IllegalStateException(environment + " cannot import " + module);
    }
    return new PythonPackages(python(environment));
  }

  /** Runs a script of the tests to its end. */
  Ended run(Path script, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(python.toString(), script.toAbsolutePath().toString()));
    command.addAll(arguments);
    return run(command);
  }

  /** In a folder beside it first, so that another process never sees half of one. */
  private static void make(Path environment, String... packages)
      throws IOException, InterruptedException {
    Path begun = environment.resolveSibling(environment.getFileName() + "." + UUID.randomUUID());
    Files.createDirectories(begun.getParent());
    try {
      must(List.of("python3", "-m", "venv", begun.toString()));
      List<String> install = new ArrayList<>();
      install.addAll(List.of(python(begun).toString(), "-m", "pip", "install", "--quiet"));
      install.addAll(List.of("--no-compile", "--disable-pip-version-check", "--retries", "2"));
      install.addAll(List.of(packages));
      Ended installed = run(install);
      if (installed.code() != 0) {
        delete(begun);
        assumeTrue(
            !OUT_OF_REACH.matcher(installed.output()).find(),
            "Skipped: no PyPI in reach. " + installed.output());
        throw new IllegalStateException(String.join(" ", install) + ": " + installed.output());
      }
      delete(environment);
      Files.move(begun, environment, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process was quicker; what it made is looked at next.
      delete(begun);
    }
  }

  private static void must(List<String> command) throws IOException, InterruptedException {
    Ended ended = run(command);
    if (ended.code() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + ended.output());
    }
  }

  private static boolean imports(Path environment, String module)
      throws IOException, InterruptedException {
    return Files.isExecutable(python(environment))
        && run(List.of(python(environment).toString(), "-c", "import " + module)).code() == 0;
  }

  private static Path python(Path environment) {
    return environment.resolve("bin/python");
  }

  private static Path caches() {
    String named = System.getenv("XDG_CACHE_HOME");
    Path folder =
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(named);
    return folder.resolve("millrace").resolve("python").toAbsolutePath();
  }

  /** Runs a program to its end; one that cannot be started ends with -1. */
  private static Ended run(List<String> command) throws IOException, InterruptedException {
    File output = File.createTempFile("python", ".log");
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
      if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        return new Ended(-1, command + " took longer than " + MINUTES_MAX + " minutes");
      }
      return new Ended(
          process.exitValue(), Files.readString(output.toPath(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Ended(-1, e.toString());
    } finally {
      Files.delete(output.toPath());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
