package io.millrace.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoldenFileTest {
  @Test
  void comparesToTheLetterAndWritesNothing(@TempDir Path folder) throws IOException {
    Assumptions.assumeFalse(Boolean.getBoolean(GoldenFile.UPDATE_PROPERTY));
    Path file = folder.resolve("text.txt");
    assertThatThrownBy(() -> GoldenFile.check(file, "one\n")).hasMessageContaining("not exist");
    assertThat(file).doesNotExist();
    Files.writeString(file, "one\n");
    GoldenFile.check(file, "one\n");
    assertThatThrownBy(() -> GoldenFile.check(file, "one")).hasMessageContaining("text.txt");
    assertThat(file).hasContent("one\n");
  }
}
