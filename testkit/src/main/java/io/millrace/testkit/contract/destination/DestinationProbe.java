package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.StreamName;
import io.millrace.spi.TargetDescription;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import io.millrace.spi.config.ConfigReader;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.RowSets;
import io.millrace.testkit.contract.Workbench;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Opens destinations of a fixture, writes to targets of known names, and reads them back. */
public final class DestinationProbe implements AutoCloseable {
  /** The column that identifies a row. */
  public static final String ID = "id";

  /** A column of text. */
  public static final String NAME = "name";

  /** The column that serves as a cursor: a 64-bit integer. */
  public static final String VERSION = "version";

  /** The columns most tests write. */
  public static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of(ID, new LogicalType.Int(64)),
              Fields.of(NAME, new LogicalType.Text()),
              Fields.of(VERSION, new LogicalType.Int(64))));

  private final DestinationFixture fixture;
  private final Workbench bench;
  private final Map<String, TargetDescription> targets = new ConcurrentHashMap<>();

  DestinationProbe(DestinationFixture fixture) {
    this.fixture = fixture;
    this.bench = new Workbench(fixture.tuning());
  }

  /** Returns what the connector's author gave. */
  public DestinationFixture fixture() {
    return fixture;
  }

  /** Returns memory, folder and notices of this test. */
  public Workbench bench() {
    return bench;
  }

  /** Tells whether the destination has a capability. */
  public boolean can(DestinationCapability capability) {
    return fixture.capabilities().contains(capability);
  }

  /** Tells whether the destination supports a write mode. */
  public boolean can(WriteMode mode) {
    try (Destination destination = open(fixture.definition(), fixture.config())) {
      return destination.traits().writeModes().contains(mode);
    }
  }

  /** Skips the test when the destination lacks a capability. */
  public void needs(DestinationCapability capability) {
    Assumptions.assumeTrue(can(capability), () -> "The destination lacks " + capability + ".");
  }

  /** Skips the test when the destination does not support a write mode. */
  public void needs(WriteMode mode) {
    Assumptions.assumeTrue(can(mode), () -> "The destination does not support " + mode + ".");
  }

  /** Opens a destination with the configuration that works; it is closed after the test. */
  public Destination open() {
    return open(fixture.config());
  }

  /** Opens a destination; it is closed after the test. */
  public Destination open(Map<String, Object> config) {
    return bench.keep(open(fixture.definition(), config));
  }

  private <C extends Record> Destination open(
      DestinationDefinition<C> definition, Map<String, Object> config) {
    return definition.open(ConfigReader.read(definition.configType(), config), bench.context());
  }

  /** Returns the first sync of a new stream into a new target, keyed by id, newest version wins. */
  public Sync sync(WriteMode mode) {
    return sync(unique("orders"), mode, SCHEMA);
  }

  /** Returns the first sync of a stream into the target of exactly this name. */
  public Sync sync(String name, WriteMode mode, Schema schema) {
    try (Destination destination = open(fixture.definition(), fixture.config())) {
      TargetName target =
          destination.identify(TargetName.wanted(destination.traits().defaultNamespace(), name));
      return sync(name, target, mode, schema);
    }
  }

  /** Returns the first sync of a stream into a target that identify returned. */
  public Sync sync(String name, TargetName target, WriteMode mode, Schema schema) {
    return new Sync(
        unique("contract"),
        1,
        new StreamName("shop", name),
        target,
        schema,
        mode,
        List.of(ID),
        VERSION);
  }

  /** Returns a name that no other test uses. */
  public static String unique(String name) {
    return name + "_" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
  }

  /** Returns rows of {@link #SCHEMA} whose ids and versions are first..next-1. */
  public static List<Row> rows(long first, long next) {
    return LongStream.range(first, next).mapToObj(i -> Row.of(i, "row " + i + " ü🚀", i)).toList();
  }

  /** Opens a loader of a sync in a destination of its own, as a new process would. */
  public Load load(Sync sync) throws InterruptedException {
    Load load = bench.keep(Load.open(this, sync));
    targets.put(sync.target().identity(), load.target());
    return load;
  }

  /** Runs a whole sync of one partition in one commit. */
  public Load run(Sync sync, List<Row> rows) throws InterruptedException {
    try (Load load = load(sync)) {
      assertThat(load.found()).as("commits found by a sync that begins").isEmpty();
      load.write("p", 0, rows);
      load.commit("p", true);
      load.finish();
      return load;
    }
  }

  /** Returns what a reader sees of a sync's target now; null when there is no target. */
  public @Nullable PublishedTable read(Sync sync) throws Exception {
    return fixture.read(sync.target(), sync.schema());
  }

  /** Returns a target's rows; its columns must be the sync's fields, in any order. */
  public List<Row> rows(Sync sync) throws Exception {
    return rows(sync, read(sync));
  }

  private List<Row> rows(Sync sync, @Nullable PublishedTable table) {
    if (table == null) {
      assertThat(can(DestinationCapability.EMPTY_TABLES))
          .as("a missing target is taken for an empty one")
          .isFalse();
      return List.of();
    }
    List<String> there = names(table.schema());
    List<String> expected = columns(sync);
    if (there.isEmpty() && table.rows().isEmpty() && !can(DestinationCapability.EMPTY_TABLES)) {
      return List.of();
    }
    assertThat(there).as("the columns of %s", sync.target()).hasSameElementsAs(expected);
    List<Integer> order = expected.stream().map(there::indexOf).toList();
    return table.rows().stream().map(row -> row.pick(order)).toList();
  }

  /** Returns what a sync's fields are called in its target, as its last loader said. */
  public List<String> columns(Sync sync) {
    TargetDescription target = targets.get(sync.target().identity());
    Map<String, String> renamed = target == null ? Map.of() : target.renamedColumns();
    return names(sync.schema()).stream().map(name -> renamed.getOrDefault(name, name)).toList();
  }

  /** Fails unless a target holds exactly these rows, in the order of the sync's fields. */
  public void assertRows(String what, Sync sync, List<Row> expected) throws Exception {
    RowSets.assertSame(what, rows(sync), expected);
  }

  /** As {@link #assertRows}, while a loader is open; passes when the target is busy just now. */
  public void assertVisible(String when, Sync sync, List<Row> expected) throws Exception {
    PublishedTable table = read(sync);
    if (table == null || !table.busy()) {
      RowSets.assertSame(when, rows(sync, table), expected);
    }
  }

  @Override
  public void close() {
    bench.close();
  }

  static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Field::getName).toList();
  }
}
