package io.millrace.connectors.postgres;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.testkit.golden.ConnectorDocs;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorPagesTest {
  static Stream<ConnectorDefinition<?>> connectors() {
    return new PostgresPlugin().connectors().stream();
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void everyConnectorHasAPageWithItsOptions(ConnectorDefinition<?> connector) {
    ConnectorDocs.check(connector);
  }
}
