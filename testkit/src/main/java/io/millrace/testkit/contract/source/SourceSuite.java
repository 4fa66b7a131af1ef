package io.millrace.testkit.contract.source;

import org.junit.jupiter.api.extension.ExtendWith;

/** What all suites of sources share: the test class gives the fixture. */
@ExtendWith(SourceProbeExtension.class)
public interface SourceSuite {
  /** Returns the source under test. Called before each test; it may be the same each time. */
  SourceFixture fixture();
}
