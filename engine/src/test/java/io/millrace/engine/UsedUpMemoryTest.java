package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;

final class UsedUpMemoryTest {
  @Test
  void eachMemoryIsToldWithItsSetting() {
    assertThat(sorted(new OutOfMemoryException("full")).message()).contains("--memory");
    assertThat(sorted(new OutOfMemoryError("Java heap space")).message())
        .contains("MILLRACE_JAVA_OPTIONS=-Xmx");
  }

  @Test
  void itIsFoundBehindOtherFailuresAndNotTriedAgain() {
    Failure failure = sorted(new IllegalStateException("while", new OutOfMemoryError("heap")));
    assertThat(failure.code()).isEqualTo(Failure.OUT_OF_MEMORY);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIG);
    assertThat(sorted(new IllegalStateException("other")).code()).isEqualTo("unexpected");
  }

  private static Failure sorted(Throwable failure) {
    return Failure.of(failure, Failure.Origin.SOURCE, Failure.Stage.READ);
  }
}
