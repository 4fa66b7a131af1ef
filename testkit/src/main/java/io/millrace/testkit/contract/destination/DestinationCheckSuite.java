package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConnectorException;
import io.millrace.spi.Destination;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.contract.Sentences;
import org.junit.jupiter.api.Test;

/** {@code check} tells a configuration that works from one that does not, and why. */
public interface DestinationCheckSuite extends DestinationSuite {
  /** What works passes, and may be asked again. */
  @Test
  default void checkPassesWhatWorks(DestinationProbe probe) throws InterruptedException {
    Destination destination = probe.open();
    destination.check();
    destination.check();
  }

  /** Each mistake has its kind of failure and a sentence that says what to do. */
  @Test
  default void checkNamesEachMistake(DestinationProbe probe) throws InterruptedException {
    assertThat(probe.fixture().invalidConfigs()).as("invalid configurations").isNotEmpty();
    for (InvalidConfig invalid : probe.fixture().invalidConfigs()) {
      try (Destination destination = probe.open(invalid.config())) {
        ConnectorException failure = failure(invalid, destination);
        assertThat(failure).as(invalid.name()).isInstanceOf(invalid.kind());
        Sentences.assertClear(failure, invalid.mentions());
        Sentences.assertHidden(failure, probe.fixture().secrets());
      }
    }
  }

  private static ConnectorException failure(InvalidConfig invalid, Destination destination)
      throws InterruptedException {
    try {
      destination.check();
    } catch (ConnectorException e) {
      return e;
    }
    throw new AssertionError("check passed a configuration with " + invalid.name());
  }
}
