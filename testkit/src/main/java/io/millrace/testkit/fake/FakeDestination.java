package io.millrace.testkit.fake;

import io.millrace.spi.ConfigException;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.StreamName;
import io.millrace.spi.TargetName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A correct destination over a {@link FakeStore}. It is strict: a caller that breaks the grammar of
 * the contract gets a {@link io.millrace.spi.SystemException} of code {@code fake_grammar}.
 */
public final class FakeDestination implements Destination {
  /** The namespace of targets that name none. */
  public static final String DEFAULT_NAMESPACE = "main";

  private final FakeStore store;
  private final FakeDestinationOptions options;
  private final FaultPlan faults;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Opens a destination. */
  public FakeDestination(FakeStore store, FakeDestinationOptions options, FaultPlan faults) {
    this.store = store;
    this.options = options;
    this.faults = faults;
  }

  @Override
  public void check() throws InterruptedException {
    faults.pass(Step.DESTINATION_CHECK, closed);
  }

  @Override
  public DestinationTraits traits() {
    return new DestinationTraits(
        options.writeModes(),
        options.layout(),
        options.metadataColumns(),
        DEFAULT_NAMESPACE,
        Set.of(),
        0);
  }

  @Override
  public TargetName identify(TargetName wanted) {
    String namespace = wanted.namespace() == null ? DEFAULT_NAMESPACE : wanted.namespace();
    String schema = FakeNames.cut(namespace, options.nameCharsMax());
    String table = FakeNames.cut(wanted.name(), options.nameCharsMax());
    return new TargetName(schema, table, schema.length() + ":" + schema + "." + table);
  }

  @Override
  public List<String> preview(LoadPlan plan) throws InterruptedException {
    faults.pass(Step.PREVIEW, closed);
    return List.of("%s into %s".formatted(plan.writeMode(), plan.target().display()));
  }

  @Override
  public StreamLoader open(LoadPlan plan) throws InterruptedException {
    faults.pass(Step.OPEN, closed);
    if (!options.writeModes().contains(plan.writeMode())) {
      throw new ConfigException(
          "unsupported_mode",
          "The fake does not support %s; choose one of %s."
              .formatted(plan.writeMode(), options.writeModes()));
    }
    FakeColumns columns = FakeColumns.of(plan, options.nameCharsMax());
    LoadPlan renamed = columns.rename(plan);
    int owner = store.open(renamed);
    faults.pass(Step.OPENED, closed);
    String fullName = new StreamName(plan.target().namespace(), plan.target().name()).display();
    return new FakeLoader(store, renamed, owner, columns.target(fullName), options, faults);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /** Tells whether it was closed. */
  public boolean closed() {
    return closed.getCount() == 0;
  }
}
