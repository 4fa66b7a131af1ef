package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.postgres.connect.SslMode;
import io.millrace.spi.TableLayout;
import io.millrace.spi.config.ConfigReader;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConfigTest {
  @Test
  void airbytesConfigurationWorksUnchanged() {
    PostgresDestinationConfig config =
        read(
            Map.of(
                "ssl", true,
                "ssl_mode", Map.of("mode", "prefer"),
                "disable_type_dedupe", true,
                "raw_data_schema", "airbyte_internal",
                "drop_cascade", false,
                "unconstrained_number", true,
                "tunnel_method", Map.of("tunnel_method", "NO_TUNNEL")));

    assertThat(config.settings().sslMode()).isInstanceOf(SslMode.Require.class);
    assertThat(config.tableLayout()).isEqualTo(TableLayout.RAW);
  }

  @Test
  void theDefaultsAreTyped() {
    PostgresDestinationConfig config = read(Map.of());

    assertThat(config.settings().sslMode()).isInstanceOf(SslMode.Prefer.class);
    assertThat(config.tableLayout()).isEqualTo(TableLayout.TYPED);
    assertThat(config.schema()).isEqualTo("public");
    assertThat(config.port()).isEqualTo(5432);
  }

  private static PostgresDestinationConfig read(Map<String, Object> more) {
    Map<String, Object> values = new HashMap<>(more);
    values.put("host", "h");
    values.put("database", "d");
    values.put("username", "u");
    return ConfigReader.read(PostgresDestinationConfig.class, values);
  }
}
