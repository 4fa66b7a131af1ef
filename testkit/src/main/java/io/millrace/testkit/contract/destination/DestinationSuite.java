package io.millrace.testkit.contract.destination;

import org.junit.jupiter.api.extension.ExtendWith;

/** What all suites of destinations share: the test class gives the fixture. */
@ExtendWith(DestinationProbeExtension.class)
public interface DestinationSuite {
  /** Returns the destination under test. Called before each test; it may be the same each time. */
  DestinationFixture fixture();
}
