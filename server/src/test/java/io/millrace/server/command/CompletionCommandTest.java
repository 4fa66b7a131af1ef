package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.command.TestProgram.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompletionCommandTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void eachShellLearnsCommandsOptionsAndValues(String shell) {
    Result result = new TestProgram(temp).run("completion", shell);
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("quarantine")
        .contains("metadata-columns")
        .contains("incremental_append_dedup")
        .contains("source-postgres");
  }

  @Test
  void anUnknownShellIsNamed() {
    Result result = new TestProgram(temp).run("completion", "fishh");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("fishh").contains("did you mean \"fish\"");
  }
}
