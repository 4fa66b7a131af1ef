package io.millrace.server.e2e;

import io.millrace.server.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The program in a folder of its own, each run a process of its own. */
final class Program {
  private static final long RUN_SECONDS_MAX = 120;
  private static final List<String> JVM_FLAGS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          "-Duser.language=tr",
          "-Duser.timezone=America/St_Johns");

  /** A shell that runs in the background ignores Ctrl-C, and so would all that it starts. */
  private static final String HAND_OVER =
      """
      if env --default-signal=INT true 2>/dev/null; then exec env --default-signal=INT "$@"; fi
      exec "$@"
      """;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private String before = "";
  private boolean mounts;
  private int started;

  Program(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Program environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs shell commands, such as {@code ulimit}, in the process before the program takes it. */
  Program before(String shellCommands) {
    this.before = shellCommands;
    return this;
  }

  /** Gives each process a view of its own on the file systems, into which it may mount. */
  Program withMounts() {
    this.mounts = true;
    return this;
  }

  Program file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the program to its end. */
  Run run(String... arguments) throws InterruptedException {
    return start(null, arguments).end();
  }

  /** Runs the program to its end, with a file as stdin. */
  Run runOn(Path stdin, String... arguments) throws InterruptedException {
    return start(stdin, arguments).end();
  }

  /** Starts the program and returns while it runs. */
  Running start(String... arguments) {
    return start(null, arguments);
  }

  private Running start(@Nullable Path stdin, String... arguments) {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(JVM_FLAGS);
    java.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    java.addAll(List.of(arguments));
    List<String> command = new ArrayList<>(mounts ? List.of("unshare", "-rm") : List.of());
    command.addAll(List.of("sh", "-c", before + "\n" + HAND_OVER, "sh"));
    command.addAll(java);
    started++;
    Path out = folder.resolve(".out-" + started);
    Path err = folder.resolve(".err-" + started);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    if (stdin != null) {
      builder.redirectInput(stdin.toFile());
    }
    builder.environment().putAll(environment);
    try {
      return new Running(builder.start(), out, err, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process of the program that may still run. */
  record Running(Process process, Path out, Path err, Path folder) {
    /** Waits until stdout holds a text. */
    void awaitOutput(String text) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(RUN_SECONDS_MAX);
      while (!text(out).contains(text)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError(
              "never said " + text + "; it said\n" + text(out) + "\n" + text(err));
        }
        Thread.sleep(20);
      }
    }

    /** Sends a signal, such as INT. */
    void signal(String name) {
      try {
        int code =
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        if (code != 0) {
          throw new AssertionError("kill -" + name + " ended with " + code);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /** Waits for the end. */
    Run end() throws InterruptedException {
      if (!process.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still running after "
                + RUN_SECONDS_MAX
                + " s; it said\n"
                + text(out)
                + "\n"
                + text(err));
      }
      return new Run(process.exitValue(), text(out), text(err), folder);
    }

    private static String text(Path file) {
      try {
        return Files.readString(file, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
