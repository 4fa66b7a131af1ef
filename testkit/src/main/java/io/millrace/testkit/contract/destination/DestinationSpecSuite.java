package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Destination;
import io.millrace.testkit.contract.Declaration;
import io.millrace.testkit.contract.InvalidConfig;
import org.junit.jupiter.api.Test;

/** The destination says truly what it is and what it wants to know. */
public interface DestinationSpecSuite extends DestinationSuite {
  /** The names are of the right form. */
  @Test
  default void specNamesTheConnector(DestinationProbe probe) {
    declaration(probe).checkInfo("destination");
  }

  /** The program finds the connector. */
  @Test
  default void specIsOfferedByAPlugin(DestinationProbe probe) {
    declaration(probe).checkOffered();
  }

  /** Forms and documents have something to show for each field. */
  @Test
  default void specHasATitleForEveryField(DestinationProbe probe) {
    declaration(probe).checkSpec();
  }

  /** What is shown as an example works. */
  @Test
  default void specReadsItsExamples(DestinationProbe probe) {
    declaration(probe).checkExamples();
  }

  /** A misspelt field is not overlooked. */
  @Test
  default void specRefusesAnUnknownField(DestinationProbe probe) {
    declaration(probe).checkUnknownKey();
  }

  /** Secrets stay secret. */
  @Test
  default void specHidesSecrets(DestinationProbe probe) {
    declaration(probe).checkSecrets();
  }

  /** Opening is cheap and touches nothing outside; closing twice does no harm. */
  @Test
  default void specOpensWithoutConnecting(DestinationProbe probe) {
    for (InvalidConfig invalid : probe.fixture().invalidConfigs()) {
      Destination destination = probe.open(invalid.config());
      destination.close();
      destination.close();
    }
    Destination destination = probe.open();
    destination.close();
    destination.close();
    assertThat(probe.bench().notices()).as("notices of a destination that did nothing").isEmpty();
  }

  private static Declaration declaration(DestinationProbe probe) {
    DestinationFixture fixture = probe.fixture();
    return new Declaration(fixture.definition(), fixture.config(), fixture.secrets());
  }
}
