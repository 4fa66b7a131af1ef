package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a real process, by the system's way and by Java's. */
final class ProcessEndTest {
  private static final int CODE = 7;
  private static final int LINES = 5_000;

  @TempDir private Path folder;

  /** Runs in the other process: more than a pipe holds, then the end. */
  static final class Ending {
    private Ending() {}

    public static void main(String[] arguments) {
      for (int line = 0; line < LINES; line++) {
        System.out.println("line " + line);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      ProcessEnd.quickly(CODE);
      System.exit(CODE);
    }
  }

  @Test
  void theProcessEndsAtOnceWithItsCodeAndItsOutput() throws Exception {
    List<String> output = ended("--enable-native-access=ALL-UNNAMED");
    assertThat(output).hasSize(LINES).endsWith("line " + (LINES - 1));
  }

  @Test
  void whereNativeCodeIsNotAllowedJavaEndsIt() throws Exception {
    assertThat(ended()).hasSize(LINES + 1).endsWith("hook");
  }

  @Test
  void aFlightRecordingIsWrittenToItsEnd() throws Exception {
    Path recording = folder.resolve("end.jfr");
    List<String> output =
        ended(
            "--enable-native-access=ALL-UNNAMED",
            "-Xlog:jfr+startup=off",
            "-XX:StartFlightRecording:dumponexit=true,filename=" + recording);
    assertThat(output).contains("hook");
    assertThat(Files.size(recording)).isPositive();
  }

  /** Returns what the process printed, errors too. */
  private static List<String> ended(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Ending.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(CODE);
    return output.lines().toList();
  }
}
