package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path folder;

  @Test
  void hasAnIdThatGoesWithItAndThatNoOtherOfItsPathHas() throws IOException {
    Path path = Files.createDirectory(folder.resolve("data"));
    String id = new DataDirectory(path).id();
    assertThat(new DataDirectory(path).id()).isEqualTo(id);

    Path moved = Files.move(path, folder.resolve("moved"));
    Files.createDirectory(path);
    assertThat(new DataDirectory(moved).id()).isEqualTo(id);
    assertThat(new DataDirectory(path).id()).isNotEqualTo(id);
  }

  @Test
  void makesAnotherIdWhereAKillHasLeftAPartOfOne() throws IOException {
    Files.writeString(folder.resolve("server.id"), "5c0");
    String id = new DataDirectory(folder).id();
    assertThat(id).hasSizeGreaterThan(30);
    assertThat(new DataDirectory(folder).id()).isEqualTo(id);
  }
}
