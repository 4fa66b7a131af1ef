package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingTest {
  @Test
  void everyCommandSucceeds(@TempDir Path folder) {
    assertThat(Training.run(folder.toString())).isTrue();
  }

  @Test
  void theServerAnswers(@TempDir Path folder) {
    assertThat(Training.server(folder.toString())).isTrue();
  }
}
