package io.millrace.connectors.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UrlParamsTest {
  @Test
  void takesParametersThatTune() {
    assertThat(UrlParams.parse("connectTimeout=5&options=-c%20work_mem%3D4MB&"))
        .isEqualTo(Map.of("connectTimeout", "5", "options", "-c work_mem=4MB"));
    assertThat(UrlParams.parse(" ")).isEmpty();
  }

  @Test
  void refusesWhatIsDangerousOrHasAFieldWithoutShowingValues() {
    for (String param :
        List.of(
            "socketFactory",
            "socketFactoryArg",
            "sslfactory",
            "sslhostnameverifier",
            "sslpasswordcallback",
            "authenticationPluginClassName",
            "xmlFactoryFactory",
            "loggerFile",
            "loggerLevel",
            "user",
            "password",
            "sslmode",
            "service",
            "PGHOST",
            "jaasLogin",
            "replication",
            "preferQueryMode",
            "unheardOf",
            "connectExecutor")) {
      assertThatThrownBy(() -> UrlParams.parse(param + "=wert"))
          .as(param)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("`" + param + "`")
          .hasMessageNotContaining("wert");
    }
    assertThatThrownBy(() -> UrlParams.parse("connectTimeout")).isInstanceOf(ConfigException.class);
  }
}
