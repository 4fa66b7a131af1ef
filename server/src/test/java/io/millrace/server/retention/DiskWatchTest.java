package io.millrace.server.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.server.e2e.SmallDisks;
import io.millrace.server.retention.DiskWatch.Space;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class DiskWatchTest {
  private static final RetentionSettings.Disk BOUNDS =
      new RetentionSettings.Disk(1_000, 0.01, Duration.ofHours(1));

  @TempDir private Path folder;
  private final List<Boolean> told = new ArrayList<>();
  private Space space = new Space(50_000, 100_000);

  @Test
  void holdsNewJobsBackUntilThereIsClearlyRoom() {
    DiskWatch watch = new DiskWatch(() -> space, BOUNDS, told::add);
    assertThat(watch.open()).isTrue();
    assertThat(watch.problem()).isEmpty();
    assertThat(openWith(watch, 1_000)).isTrue();
    assertThat(openWith(watch, 999)).isFalse();
    assertThat(watch.problem())
        .contains(
            "The disk of the data directory has 999 B free, less than 1.0 kB: new jobs wait until"
                + " 1.3 kB are free.");
    assertThat(openWith(watch, 1_001)).isFalse();
    assertThat(openWith(watch, 1_249)).isFalse();
    assertThat(openWith(watch, 1_250)).isTrue();
    assertThat(watch.problem()).isEmpty();
    assertThat(watch.freeBytes()).isEqualTo(1_250);
    assertThat(told).containsExactly(false, true);
  }

  @Test
  void takesAShareOfALargeDiskAndPartOfASmallOne() {
    space = new Space(9_999, 1_000_000);
    assertThat(new DiskWatch(() -> space, BOUNDS, told::add).open()).isFalse();
    space = new Space(300, 1_200);
    assertThat(new DiskWatch(() -> space, BOUNDS, told::add).open()).isTrue();
    space = new Space(299, 1_200);
    assertThat(new DiskWatch(() -> space, BOUNDS, told::add).open()).isFalse();
  }

  @Test
  void keepsItsWordWhileTheDiskCannotBeMeasured() {
    boolean[] broken = {false};
    DiskWatch watch =
        new DiskWatch(
            () -> {
              if (broken[0]) {
                throw new IOException("gone");
              }
              return space;
            },
            BOUNDS,
            told::add);
    assertThat(openWith(watch, 10)).isFalse();
    broken[0] = true;
    assertThat(openWith(watch, 50_000)).isFalse();
    broken[0] = false;
    assertThat(watch.open()).isTrue();
  }

  /** The probe runs on a file system of 32 MB that only it sees. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void onARealSmallDiskTheStoreLosesNothing() throws IOException, InterruptedException {
    assumeTrue(SmallDisks.canBeMade(), "this system lets nobody mount a file system of their own");
    Path small = Files.createDirectory(folder.resolve("small"));
    Process probe =
        new ProcessBuilder(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=32m small \"$1\" && shift && exec \"$@\"",
                "sh",
                small.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SmallDiskProbe.class.getName(),
                small.toString())
            .redirectError(folder.resolve("probe.log").toFile())
            .start();
    String out = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(probe.waitFor()).as(out + Files.readString(folder.resolve("probe.log"))).isZero();
    assertThat(out.lines())
        .containsSubsequence(
            "open true", "open false", "refused", "kept all", "open true", "writes again");
  }

  private boolean openWith(DiskWatch watch, long free) {
    space = new Space(free, 100_000);
    return watch.open();
  }
}
