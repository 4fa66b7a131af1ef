package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tuning;
import io.millrace.spi.UriForm;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.fake.FakeConfig;
import io.millrace.testkit.fake.FakeDatabase;
import io.millrace.testkit.fake.FakeSourceDefinition;
import io.millrace.testkit.fake.FakeSourceOptions;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the settings of a connection come to in its runs. */
@Timeout(120)
final class SettingsOfARunTest extends ItemsTest {
  private static final int LIMIT_MIB = 20;

  /** A source's bounds, as its connector gets them. */
  private record Given(Tuning tuning, long memory) {}

  /** Takes note of what its sources are given; none of them can be read. */
  private record Noting(FakeSourceDefinition fake, List<Given> given)
      implements SourceDefinition<FakeConfig> {
    @Override
    public ConnectorInfo info() {
      return fake.info();
    }

    @Override
    public Class<FakeConfig> configType() {
      return fake.configType();
    }

    @Override
    public UriForm uriForm() {
      return fake.uriForm();
    }

    @Override
    public Source open(FakeConfig config, ConnectorContext context) {
      given.add(new Given(context.tuning(), context.allocator().getRoot().getLimit()));
      return fake.open(config, context);
    }
  }

  @Test
  void everySettingHasItsEffect() throws Exception {
    FakeDatabase tables = new FakeDatabase();
    Schema schema = new Schema(List.of(Fields.of("id", new LogicalType.Int(64))));
    tables.create(new StreamName("shop", "item"), schema, List.of("id"), List.of("id"));
    FaultPlan broken =
        FaultPlan.of((step, call) -> step == Step.PLAN ? Fault.systemFailure() : null);
    Noting noting =
        new Noting(
            new FakeSourceDefinition(tables, FakeSourceOptions.DEFAULT, broken),
            new CopyOnWriteArrayList<>());
    server.close();
    server = RunningServer.with(folder, noting);
    source = fakeSource();
    String connection =
        connect(
            merged(),
            Map.of(
                "syncSettings",
                Map.of("batchRows", 7, "batchKib", 65, "parallelism", 1, "maxRetries", 0),
                "resourceRequirements",
                Map.of("memory_limit", LIMIT_MIB + "Mi")));

    JsonNode job = sync(connection);

    assertThat(job.path("status").asText()).isEqualTo("failed");
    Given given = noting.given.getLast();
    assertThat(given.tuning.batchRowsMax()).isEqualTo(7);
    assertThat(given.tuning.batchBytesTarget()).isEqualTo(65 << 10);
    assertThat(given.memory).isEqualTo((long) LIMIT_MIB << 20);
    JsonNode attempts = call("/jobs/get", Map.of("id", job.path("id").asLong())).path("attempts");
    assertThat(attempts).as("no retry is allowed").hasSize(1);
    assertThat(attempts.at("/0/attempt/failureSummary/failures/1/externalMessage").asText())
        .startsWith("The job was given up after too many retries for connection " + connection)
        .contains("the connection allows no retry");
  }

  private String fakeSource() throws Exception {
    ObjectNode configuration =
        Documents.empty().put("host", FakeConfig.HOST).put("password", FakeConfig.PASSWORD);
    return call(
            "/sources/create",
            Map.of(
                "sourceDefinitionId",
                "3a5f1c1e-0d3b-4a59-9a43-0f6d1b9e7c01",
                "workspaceId",
                workspace,
                "name",
                "fake",
                "connectionConfiguration",
                configuration))
        .path("sourceId")
        .asText();
  }
}
