package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full: a small one, or a limit on the size of files. */
@EnabledOnOs(OS.LINUX)
final class FullDiskTest {
  @TempDir Path folder;
  private Program program = new Program(Path.of(""));

  @BeforeEach
  void program() {
    program = new Program(folder);
  }

  @Test
  void aDatabaseFileOnASmallDisk() throws IOException, InterruptedException {
    onASmallDisk("duckdb:small/out.duckdb").fails(3, "full-disk-duckdb", 0);
  }

  @Test
  void filesOnASmallDisk() throws IOException, InterruptedException {
    onASmallDisk("file:small/lake?format=jsonl").fails(3, "full-disk-files", 0);
  }

  @Test
  void aFileThatMayNotGrowUntilItMay() throws InterruptedException {
    program.environment("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
    String[] command = {
      "sync",
      "faker:?count=20000&seed=3",
      "file:lake?format=jsonl",
      "--stream",
      "users",
      "--mode",
      "full_refresh_append",
      "--retries",
      "0",
      "--output",
      "json"
    };
    Run first = program.before("ulimit -f 2000").run(command);
    assertThat(first.code()).as(first.toString()).isEqualTo(3);
    assertThat(first.out()).contains("File too large");
    Run next = program.before("").run(command);
    assertThat(next.code()).as(next.toString()).isZero();
    assertThat(next.out()).contains("\"rows_written\":20000");
  }

  private Run onASmallDisk(String destination) throws IOException, InterruptedException {
    assumeTrue(SmallDisks.canBeMade(), "this system lets nobody mount a file system of their own");
    Files.createDirectory(folder.resolve("small"));
    return program
        .before("mount -t tmpfs -o size=1m small small")
        .withMounts()
        .run(
            "sync",
            "faker:?count=20000&seed=3",
            destination,
            "--stream",
            "users",
            "--state-dir",
            "state",
            "--retries",
            "1",
            "--output",
            "json");
  }

  @Test
  void noRoomForTheLibraryOfDuckDb() throws InterruptedException {
    String[] command = {"sync", "faker:?count=10&seed=3", "duckdb:out.duckdb", "--output", "json"};
    program.environment("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
    Run run = program.before("ulimit -f 2000").run(command);
    assertThat(run.code()).as(run.toString()).isEqualTo(3);
    assertThat(run.err()).contains("DuckDB's native library").doesNotContain("\tat ");
    assertThat(run.out().lines().toList().getLast()).contains("\"type\":\"summary\"");
    Run next = program.before("").run(command);
    assertThat(next.code()).as(next.toString()).isZero();
    Run query = program.before("ulimit -f 2000").run("query", "out.duckdb", "SELECT 1");
    assertThat(query.code()).as(query.toString()).isEqualTo(3);
    assertThat(query.err()).contains("Something unexpected").doesNotContain("\tat ");
  }
}
