package io.millrace.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DatabaseUrlTest {
  @Test
  void showsNoSecretOfItsParameters() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://me:hunter2@db:5433/meta?sslpassword=hunter3&sslmode=require");
    assertThat(url).hasToString("postgresql://db:5433/meta");
  }
}
