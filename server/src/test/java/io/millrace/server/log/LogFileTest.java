package io.millrace.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatALibraryLogsByJavasOwnMeansIsInTheFileAlone() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try (LogFile _ = LogFile.open(folder, "x", line -> line.replace("geheim", "***"))) {
      System.getLogger("org.postgresql.ssl").log(System.Logger.Level.ERROR, "no name: geheim");
    } finally {
      System.setErr(before);
    }
    assertThat(Files.readString(folder.resolve("x.log"))).contains("ERROR", "no name: ***");
    assertThat(shown.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
