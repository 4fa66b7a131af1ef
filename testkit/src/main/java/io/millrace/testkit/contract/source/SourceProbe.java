package io.millrace.testkit.contract.source;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.config.ConfigReader;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Opens sources of a fixture, makes streams whose content is known, and reads them. */
public final class SourceProbe implements AutoCloseable {
  /** The column that identifies a row of {@link #given(int)}. */
  public static final String ID = "id";

  /** A column of text. */
  public static final String NAME = "name";

  /** The column that serves as a cursor: a 64-bit integer. */
  public static final String VERSION = "version";

  /** The columns of {@link #given(int)}. */
  public static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of(ID, new LogicalType.Int(64)),
              Fields.of(NAME, new LogicalType.Text()),
              Fields.of(VERSION, new LogicalType.Int(64))));

  private final SourceFixture fixture;
  private final Workbench bench;

  SourceProbe(SourceFixture fixture) {
    this.fixture = fixture;
    this.bench = new Workbench(fixture.tuning());
  }

  /** Returns what the connector's author gave. */
  public SourceFixture fixture() {
    return fixture;
  }

  /** Returns memory, folder and notices of this test. */
  public Workbench bench() {
    return bench;
  }

  /** Tells whether the source has a capability. */
  public boolean can(SourceCapability capability) {
    return fixture.capabilities().contains(capability);
  }

  /** Skips the test when the source lacks one of these. */
  public void needs(SourceCapability... capabilities) {
    for (SourceCapability capability : capabilities) {
      Assumptions.assumeTrue(can(capability), () -> "The source lacks " + capability + ".");
    }
  }

  /** Opens a source with the configuration that works; it is closed after the test. */
  public Source open() {
    return open(fixture.config());
  }

  /** Opens a source; it is closed after the test. */
  public Source open(Map<String, Object> config) {
    return bench.keep(open(fixture.definition(), config));
  }

  private <C extends Record> Source open(
      SourceDefinition<C> definition, Map<String, Object> config) {
    return definition.open(ConfigReader.read(definition.configType(), config), bench.context());
  }

  /** Returns a name that no other test uses. */
  public static String unique(String name) {
    return name + "_" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
  }

  /** Returns rows of {@link #SCHEMA} whose ids and versions are first..next-1. */
  public static List<Row> rows(long first, long next) {
    return LongStream.range(first, next).mapToObj(i -> Row.of(i, "row " + i + " ü🚀", i)).toList();
  }

  /** Makes a stream of {@link #SCHEMA} with this many rows, or takes the one that is given. */
  public GivenStream given(int rows) throws Exception {
    if (can(SourceCapability.CREATE_STREAMS)) {
      return given("orders", SCHEMA, List.of(ID), rows(0, rows));
    }
    try (Source source = open()) {
      StreamDescriptor found = describe(source, fixture.givenStream());
      List<String> columns = names(found.schema());
      GivenStream stream = new GivenStream(found.name(), columns, found.primaryKey(), List.of());
      try (Reading whole =
          read(source, configure(source, stream, SyncMode.FULL_REFRESH_APPEND), null)) {
        whole.toEnd();
        return new GivenStream(found.name(), columns, found.primaryKey(), whole.rows());
      }
    }
  }

  /** Makes a stream of many batches, or takes the one that is given. */
  public GivenStream givenMany() throws Exception {
    return given(fixture.manyRows());
  }

  /** Makes a stream whose name begins as given. */
  public GivenStream given(String name, Schema schema, List<String> key, List<Row> rows)
      throws Exception {
    StreamName found = fixture.createStream(unique(name), schema, key, rows);
    return new GivenStream(found, names(schema), key, rows);
  }

  /** Returns a stream's descriptor as discover gives it. */
  public StreamDescriptor describe(Source source, StreamName name) throws InterruptedException {
    List<StreamName> others = new ArrayList<>();
    List<StreamDescriptor> found = new ArrayList<>();
    source.discover(
        descriptor -> {
          others.add(descriptor.name());
          if (descriptor.name().equals(name)) {
            found.add(descriptor);
          }
        });
    if (found.isEmpty()) {
      throw new NoSuchElementException("discover did not find " + name + " but " + others);
    }
    return found.getFirst();
  }

  /** Returns the choice of every column of a stream; the cursor is the source's or the best. */
  public ConfiguredStream configure(Source source, GivenStream stream, SyncMode mode)
      throws InterruptedException {
    StreamDescriptor found = describe(source, stream.name());
    @Nullable String cursor = null;
    if (mode.incremental() && !found.sourceDefinedCursor()) {
      cursor = stream.columns().contains(VERSION) ? VERSION : found.cursorFields().getFirst();
    }
    return new ConfiguredStream(
        stream.name(), stream.columns(), mode, cursor, stream.primaryKey(), Set.of());
  }

  /** Begins to read. */
  public Reading read(Source source, ConfiguredStream stream, @Nullable StreamState state)
      throws InterruptedException {
    return bench.keep(Reading.begin(this, source, stream, state));
  }

  /** Reads a stream wholly, by itself and with a source of its own. */
  public Reading readAll(GivenStream given, SyncMode mode, @Nullable StreamState state)
      throws InterruptedException {
    Source source = open();
    Reading reading = read(source, configure(source, given, mode), state);
    reading.toEnd();
    reading.close();
    return reading;
  }

  @Override
  public void close() {
    bench.close();
  }

  static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Field::getName).toList();
  }
}
