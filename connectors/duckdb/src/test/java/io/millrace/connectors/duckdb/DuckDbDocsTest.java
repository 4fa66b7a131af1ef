package io.millrace.connectors.duckdb;

import io.millrace.testkit.golden.ConnectorDocs;
import org.junit.jupiter.api.Test;

/** The connector's page tells what its configuration record declares. */
class DuckDbDocsTest {
  @Test
  void thePageIsUpToDate() {
    ConnectorDocs.check(new DuckDbDestinationDefinition());
  }
}
