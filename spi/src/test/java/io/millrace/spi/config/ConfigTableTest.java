package io.millrace.spi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.UriForm;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConfigTableTest {
  @Test
  void writesOptionsSectionsAndExamples() {
    assertThat(ConfigTable.markdown(new Sample()))
        .isEqualTo(
            """
            ## Options

            | Key | Type | Required | Default | Meaning |
            |---|---|---|---|---|
            | `host` | text | yes | | **Host.** Where the server is. For example `db.example.com`. |
            | `port` | whole number from 1 to 65535 | | `5432` | **Port.** For example `5433`. |
            | `row_limit` | whole number | | `-1` | **Rows.** |
            | `share` | number from 0 to 1 | | `0.5` | **Share.** |
            | `schemas` | list of text | | `[public]` | **Schemas.** |
            | `password` | secret text | | | **Password.** Also read as `pass`. |
            | `ssl_mode` | choice by `mode`, see below | | `prefer` | **TLS.** |
            | `colour` | one of `light-red`, `blue` | | `light-red` | **Colour.** `light-red`: Light red. `blue`: Blue. |
            | `verbose` | `true` or `false` | | `false` | **Verbose.** (Advanced.) |
            | `labels` | object of texts | | `{}` | **Labels.** (Advanced.) |
            | `credentials` | object, see below | | | **Login.** |

            ### `ssl_mode`

            TLS.

            **`mode: prefer`** - Prefer. Encrypts when the server can.

            **`mode: verify-ca`** - Verify.

            | Key | Type | Required | Default | Meaning |
            |---|---|---|---|---|
            | `ca_certificate` | text | yes | | **Certificate.** |
            | `client_key` | secret text | | | **Key.** |

            ### `credentials`

            Login.

            | Key | Type | Required | Default | Meaning |
            |---|---|---|---|---|
            | `user` | text | yes | | **User.** For example `ann`. |
            | `token` | secret text | yes | | **Token.** |

            ## Example

            In a pipeline:

            ```yaml
            source:
              connector: source-sample
              config:
                host: "db.example.com"
                port: 5433
                password: "${env:PASSWORD}"
            ```

            On the command line:

            ```
            sample://db.example.com
            ```
            """);
  }

  @Test
  void inventsWhatIsRequiredAndHasNoExample() {
    Map<String, Object> values = Example.of(RecordModel.of(Demanding.class));
    assertThat(ConfigReader.problems(Demanding.class, values)).isEmpty();
    StringBuilder yaml = new StringBuilder();
    Example.yaml(yaml, values, 0);
    assertThat(yaml.toString())
        .isEqualTo(
            """
            number: 10
            tls:
              mode: "prefer"
            login:
              user: "ann"
              token: "${env:TOKEN}"
            names: ["Names"]
            """);
  }

  record Demanding(
      @Field(title = "Number", min = 10) int number,
      @Field(title = "TLS") SampleConfig.Tls tls,
      @Field(title = "Login") SampleConfig.Login login,
      @Field(title = "Names") List<String> names) {}

  private static final class Sample implements SourceDefinition<SampleConfig> {
    @Override
    public ConnectorInfo info() {
      return new ConnectorInfo("source-sample", new UUID(0, 1), "Sample", "Reads nothing.");
    }

    @Override
    public Class<SampleConfig> configType() {
      return SampleConfig.class;
    }

    @Override
    public UriForm uriForm() {
      return new UriForm(List.of("sample"), "sample://db.example.com", uri -> Map.of("host", uri));
    }

    @Override
    public Source open(SampleConfig config, ConnectorContext context) {
      throw new UnsupportedOperationException("The sample is only described.");
    }
  }
}
