package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.ConfigException;
import io.millrace.spi.WriteMode;
import io.millrace.testkit.contract.Sentences;
import java.util.List;

/** Tests that a destination refuses a write mode it does not support. */
final class Refusal {
  private Refusal() {}

  static void assertRefused(DestinationProbe probe, WriteMode mode) {
    if (probe.can(mode)) {
      return;
    }
    Sync sync = probe.sync(mode);
    ConfigException failure =
        catchThrowableOfType(ConfigException.class, () -> probe.open().open(sync.plan()));
    assertThat(failure).as("the refusal of %s", mode).isNotNull();
    Sentences.assertClear(failure, List.of());
  }
}
