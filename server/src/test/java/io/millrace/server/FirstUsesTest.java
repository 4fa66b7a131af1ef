package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;

class FirstUsesTest {
  @Test
  void fitsWhateverIsWrittenBehindSync() {
    for (String argument :
        List.of("", "-", "postgresql://u@localhost/shop", "DUCKDB:x", "source-file", "no:such")) {
      assertThatCode(new FirstUses(List.of("sync", argument))::run).doesNotThrowAnyException();
    }
  }

  @Test
  void beginsForNoOtherCommand() {
    FirstUses.begin();
    FirstUses.begin("version", "sync");

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain(FirstUses.THREAD);
  }
}
