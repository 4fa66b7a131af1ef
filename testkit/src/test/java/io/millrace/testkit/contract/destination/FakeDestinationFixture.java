package io.millrace.testkit.contract.destination;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.TargetName;
import io.millrace.spi.TransientException;
import io.millrace.spi.UriForm;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.fake.FakeConfig;
import io.millrace.testkit.fake.FakeDestinationDefinition;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.FakeStore;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A {@link io.millrace.testkit.fake.FakeDestination}, as it is or spoilt by a wrapper. */
final class FakeDestinationFixture implements DestinationFixture {
  /** Makes a destination that breaks a promise of a correct one. */
  @FunctionalInterface
  interface Spoiler {
    Destination spoil(Destination correct, ConnectorContext context, FakeStore store);
  }

  private final FakeStore store = new FakeStore();
  private final AtomicBoolean blocked = new AtomicBoolean();
  private final FaultPlan faults =
      FaultPlan.of((step, call) -> step == Step.COMMIT && blocked.get() ? new Fault.Stall() : null);
  private final FakeDestinationOptions options;
  private final Spoiler wrapper;

  FakeDestinationFixture(FakeDestinationOptions options, Spoiler wrapper) {
    this.options = options;
    this.wrapper = wrapper;
  }

  FakeDestinationFixture(FakeDestinationOptions options) {
    this(options, (destination, context, store) -> destination);
  }

  private record Wrapped(FakeDestinationDefinition inner, Spoiler wrapper)
      implements DestinationDefinition<FakeConfig> {
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
    public Destination open(FakeConfig config, ConnectorContext context) {
      return wrapper.spoil(inner.open(config, context), context, inner.store());
    }
  }

  @Override
  public DestinationDefinition<?> definition() {
    return new Wrapped(new FakeDestinationDefinition(store, options, faults), wrapper);
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
  public @Nullable PublishedTable read(TargetName target, Schema written) {
    FakeStore.Published published = store.read(target);
    return published == null ? null : new PublishedTable(published.schema(), published.rows());
  }

  @Override
  public AutoCloseable block(TargetName target) {
    blocked.set(true);
    return () -> blocked.set(false);
  }
}
