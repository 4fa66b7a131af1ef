package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Source;
import io.millrace.testkit.contract.Declaration;
import io.millrace.testkit.contract.InvalidConfig;
import org.junit.jupiter.api.Test;

/** The source says truly what it is and what it wants to know. */
public interface SourceSpecSuite extends SourceSuite {
  /** The names are of the right form. */
  @Test
  default void specNamesTheConnector(SourceProbe probe) {
    declaration(probe).checkInfo("source");
  }

  /** The program finds the connector. */
  @Test
  default void specIsOfferedByAPlugin(SourceProbe probe) {
    declaration(probe).checkOffered();
  }

  /** Forms and documents have something to show for each field. */
  @Test
  default void specHasATitleForEveryField(SourceProbe probe) {
    declaration(probe).checkSpec();
  }

  /** What is shown as an example works. */
  @Test
  default void specReadsItsExamples(SourceProbe probe) {
    declaration(probe).checkExamples();
  }

  /** A misspelt field is not overlooked. */
  @Test
  default void specRefusesAnUnknownField(SourceProbe probe) {
    declaration(probe).checkUnknownKey();
  }

  /** Secrets stay secret. */
  @Test
  default void specHidesSecrets(SourceProbe probe) {
    declaration(probe).checkSecrets();
  }

  /** Opening is cheap and touches nothing outside; closing twice does no harm. */
  @Test
  default void specOpensWithoutConnecting(SourceProbe probe) {
    for (InvalidConfig invalid : probe.fixture().invalidConfigs()) {
      Source source = probe.open(invalid.config());
      source.close();
      source.close();
    }
    Source source = probe.open();
    source.close();
    source.close();
    assertThat(probe.bench().notices()).as("notices of a source that did nothing").isEmpty();
  }

  private static Declaration declaration(SourceProbe probe) {
    SourceFixture fixture = probe.fixture();
    return new Declaration(fixture.definition(), fixture.config(), fixture.secrets());
  }
}
