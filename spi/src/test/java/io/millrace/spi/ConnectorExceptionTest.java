package io.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConnectorExceptionTest {
  @Test
  void wordsFromOutsideAreOneLineWithoutClassesOfJava() {
    assertThat(
            ConnectorException.outside(
                " PKIX path building failed:\n"
                    + "sun.security.provider.certpath.SunCertPathBuilderException: no valid path "))
        .isEqualTo("PKIX path building failed: no valid path");
    assertThat(ConnectorException.outside("db.example.com: refused"))
        .isEqualTo("db.example.com: refused");
    assertThat(ConnectorException.outside(null)).isEmpty();
    assertThat(ConnectorException.outside("x".repeat(501))).hasSize(503).endsWith("x...");
  }
}
