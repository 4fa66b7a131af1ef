package io.millrace.testkit.contract.source;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StreamName;
import io.millrace.spi.TransientException;
import io.millrace.spi.UriForm;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.fake.FakeConfig;
import io.millrace.testkit.fake.FakeDatabase;
import io.millrace.testkit.fake.FakeSourceDefinition;
import io.millrace.testkit.fake.FakeSourceOptions;
import io.millrace.testkit.fake.FakeTable;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A {@link io.millrace.testkit.fake.FakeSource}, as it is or spoilt by a wrapper. */
final class FakeSourceFixture implements SourceFixture {
  /** Makes a source that breaks a promise of a correct one. */
  @FunctionalInterface
  interface Spoiler {
    Source spoil(Source correct, ConnectorContext context, FakeDatabase database);
  }

  private final FakeDatabase database = new FakeDatabase();
  private final AtomicBoolean blocked = new AtomicBoolean();
  private final FaultPlan faults =
      FaultPlan.of((step, call) -> step == Step.NEXT && blocked.get() ? new Fault.Stall() : null);
  private final FakeSourceOptions options;
  private final Spoiler wrapper;

  FakeSourceFixture(FakeSourceOptions options, Spoiler wrapper) {
    this.options = options;
    this.wrapper = wrapper;
  }

  FakeSourceFixture(FakeSourceOptions options) {
    this(options, (source, context, database) -> source);
  }

  private record Wrapped(FakeSourceDefinition inner, Spoiler wrapper)
      implements SourceDefinition<FakeConfig> {
    @Override
    public ConnectorInfo info() {
      return inner.info();
    }

    @Override
    public Class<FakeConfig> configType() {
      return inner.configType();
    }

    @Override
    public UriForm uriForm() {
      return inner.uriForm();
    }

    @Override
    public Source open(FakeConfig config, ConnectorContext context) {
      return wrapper.spoil(inner.open(config, context), context, inner.database());
    }
  }

  @Override
  public SourceDefinition<?> definition() {
    return new Wrapped(new FakeSourceDefinition(database, options, faults), wrapper);
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("host", FakeConfig.HOST, "password", FakeConfig.PASSWORD);
  }

  @Override
  public List<InvalidConfig> invalidConfigs() {
    return List.of(
        new InvalidConfig(
            "wrong password",
            Map.of("host", FakeConfig.HOST, "password", "guess 42"),
            ConfigException.class,
            List.of("password")),
        new InvalidConfig(
            "unknown host",
            Map.of("host", "nowhere", "password", FakeConfig.PASSWORD),
            ConfigException.class,
            List.of("nowhere")),
        new InvalidConfig(
            "host that is down",
            Map.of("host", "down", "password", FakeConfig.PASSWORD),
            TransientException.class,
            List.of()));
  }

  @Override
  public List<String> secrets() {
    return List.of(FakeConfig.PASSWORD, "guess 42");
  }

  @Override
  public Set<SourceCapability> capabilities() {
    return EnumSet.allOf(SourceCapability.class);
  }

  @Override
  public StreamName createStream(
      String name, Schema schema, List<String> primaryKey, List<Row> rows) {
    StreamName stream = new StreamName("test", name);
    database.create(stream, schema, primaryKey, SourceProbe.names(schema)).insert(rows);
    return stream;
  }

  @Override
  public void insert(StreamName stream, List<Row> rows) {
    table(stream).insert(rows);
  }

  @Override
  public void update(StreamName stream, List<Row> rows) {
    rows.forEach(table(stream)::upsert);
  }

  @Override
  public AutoCloseable insertLate(StreamName stream, List<Row> rows) {
    return () -> table(stream).insert(rows);
  }

  @Override
  public void addColumn(StreamName stream, Field column) {
    List<Field> fields = new ArrayList<>(table(stream).schema().getFields());
    fields.add(column);
    table(stream)
        .alter(
            new Schema(fields),
            row -> {
              List<@Nullable Object> values = new ArrayList<>(row.values());
              values.add(null);
              return new Row(values);
            });
  }

  @Override
  public void dropColumn(StreamName stream, String column) {
    List<Field> fields = new ArrayList<>(table(stream).schema().getFields());
    int index = SourceProbe.names(table(stream).schema()).indexOf(column);
    fields.remove(index);
    table(stream)
        .alter(
            new Schema(fields),
            row -> {
              List<@Nullable Object> values = new ArrayList<>(row.values());
              values.remove(index);
              return new Row(values);
            });
  }

  @Override
  public AutoCloseable block(StreamName stream) {
    blocked.set(true);
    return () -> blocked.set(false);
  }

  @Override
  public void cutConnections() {
    faults.at(Step.NEXT, faults.calls(Step.NEXT) + 1, Fault.transientFailure());
  }

  private FakeTable table(StreamName stream) {
    return Objects.requireNonNull(database.find(stream));
  }
}
