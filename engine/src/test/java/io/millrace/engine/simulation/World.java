package io.millrace.engine.simulation;

import io.millrace.engine.EngineSettings;
import io.millrace.engine.NamespaceRule;
import io.millrace.engine.SchemaChangePolicy;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamPattern;
import io.millrace.engine.StreamSelection;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.mapper.Condition;
import io.millrace.engine.mapper.Mapper;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TableLayout;
import io.millrace.spi.TargetName;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.JsonText;
import io.millrace.testkit.fake.FakeDatabase;
import io.millrace.testkit.fake.FakeDestination;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.FakeSource;
import io.millrace.testkit.fake.FakeSourceOptions;
import io.millrace.testkit.fake.FakeStore;
import io.millrace.testkit.fake.FakeTable;
import io.millrace.testkit.fake.FaultPlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Everything that survives processes, and the pipeline over it; drawn from the seed. */
final class World {
  private static final int ROWS_MAX = 60;
  private static final String SCHEMA = "shop";
  private static final String NOTE = "note";
  private static final String REMARK = "remark";
  private static final Set<Long> FILTERED_IDS = Set.of(3L, 7L, 20L, 43L, 44L, 51L);
  private static final List<Mapper> MAPPERS =
      List.of(
          new Mapper.RowFiltering(
              new Condition.Not(
                  FILTERED_IDS.stream()
                      .map(id -> (Condition) new Condition.Equal("id", id.toString()))
                      .toList())),
          new Mapper.FieldRenaming(NOTE, REMARK));

  private final FakeDatabase database = new FakeDatabase();
  private final FakeStore target = new FakeStore();
  private final DurableStore memory = new DurableStore();
  private final SimClock clock = new SimClock();
  private final Map<Subject, Expectation> subjects = new LinkedHashMap<>();
  private boolean changesWhileRunning;
  private long jobs;
  private final FakeSourceOptions sourceOptions;
  private final FakeDestinationOptions destinationOptions;
  private final EngineSettings settings;
  private final TableLayout layout;
  private final List<Mapper> mappers;

  World(Random random) {
    changesWhileRunning = random.nextBoolean();
    Predicate<Row> unreadable = random.nextInt(3) == 0 ? bad(13, 5) : row -> false;
    layout = random.nextInt(5) == 0 ? TableLayout.RAW : TableLayout.TYPED;
    boolean refuses = layout == TableLayout.TYPED && random.nextInt(3) == 0;
    Predicate<Row> refused = refuses ? bad(11, 7) : row -> false;
    sourceOptions = sourceOptions(random).rejecting(unreadable);
    destinationOptions =
        FakeDestinationOptions.DEFAULT
            .shaped(layout, random.nextBoolean() ? MetadataColumns.NONE : MetadataColumns.FULL)
            .refusing(refused);
    settings = settings(random);
    mappers = random.nextInt(3) == 0 ? MAPPERS : List.of();
    int streams = 1 + random.nextInt(3);
    for (int i = 0; i < streams; i++) {
      Subject subject = subject("s" + i, random);
      Predicate<Row> filtered = mappers.isEmpty() ? row -> false : World::filtered;
      Predicate<Row> carried = unreadable.or(refused).or(filtered).negate();
      subjects.put(subject, new Expectation(subject, carried));
    }
  }

  private static FakeSourceOptions sourceOptions(Random random) {
    FakeSourceOptions cut =
        FakeSourceOptions.DEFAULT.cut(
            1 + random.nextInt(4), 1 + random.nextInt(10), random.nextInt(4));
    return random.nextInt(4) == 0 ? cut.withLastingSnapshots() : cut;
  }

  private static EngineSettings settings(Random random) {
    EngineSettings usual = EngineSettings.DEFAULT;
    Duration[] intervals = {Duration.ZERO, Duration.ofSeconds(5), Duration.ofHours(1)};
    return new EngineSettings(
        64L << 20,
        1L << 20,
        1 + random.nextInt(3),
        1 + random.nextInt(4),
        random.nextBoolean() ? 500 : usual.commitBytes(),
        intervals[random.nextInt(intervals.length)],
        usual.commitIntervalOfFiles(),
        usual.startRetriesMax(),
        1 + random.nextInt(4),
        usual.retryWaitFirst(),
        usual.retryWaitMax(),
        Duration.ofSeconds(2),
        usual.quarantineRowsMax(),
        usual.tuning());
  }

  private Subject subject(String name, Random random) {
    List<SyncMode> modes = new ArrayList<>(List.of(SyncMode.values()));
    modes.removeIf(mode -> layout == TableLayout.RAW && mode.writeMode().dedups());
    FakeTable table =
        database.create(new StreamName(SCHEMA, name), Subject.SCHEMA, List.of("id"), List.of("at"));
    Subject subject =
        new Subject(table, modes.get(random.nextInt(modes.size())), random.nextBoolean());
    subject.insert(random, random.nextInt(ROWS_MAX));
    return subject;
  }

  private static Predicate<Row> bad(long every, long rest) {
    return row -> (Long) Objects.requireNonNull(row.get(0)) % every == rest;
  }

  SimClock clock() {
    return clock;
  }

  DurableStore memory() {
    return memory;
  }

  FakeStore target() {
    return target;
  }

  EngineSettings settings() {
    return settings;
  }

  Map<Subject, Expectation> subjects() {
    return subjects;
  }

  boolean changesWhileRunning() {
    return changesWhileRunning;
  }

  /** Lets the source change no more while a process runs. */
  void freeze() {
    changesWhileRunning = false;
  }

  /** Changes the source a little. */
  void change(Random random) {
    for (Subject subject : subjects.keySet()) {
      switch (random.nextInt(6)) {
        case 0 -> subject.insert(random, 1 + random.nextInt(10));
        case 1 -> subject.update(random);
        case 2 -> subject.delete(random);
        case 3 -> {
          if (random.nextInt(8) == 0) {
            subject.addColumn();
          }
        }
        default -> {}
      }
    }
  }

  /** Changes how a stream is synced, where what that means is beyond doubt. */
  void switchModes(Random random) {
    subjects.forEach(
        (subject, expectation) -> {
          StreamMemory known = memory.stream(subject.name());
          boolean published =
              known != null && known.open() != null && known.open().finished() != null;
          if (subject.mode().writeMode().staged()
              && !subject.mode().incremental()
              && !published
              && random.nextInt(6) == 0) {
            switchMode(subject, expectation, random);
          }
        });
  }

  private void switchMode(Subject subject, Expectation expectation, Random random) {
    switch (layout == TableLayout.RAW ? 2 : random.nextInt(3)) {
      case 0 -> {
        expectation.replaceSoon(published(subject));
        subject.mode(SyncMode.FULL_REFRESH_OVERWRITE);
      }
      case 1 -> {
        expectation.replaceSoon(published(subject));
        subject.mode(SyncMode.FULL_REFRESH_OVERWRITE_DEDUP);
      }
      default -> {
        expectation.appendTo(Objects.requireNonNullElse(published(subject), List.of()));
        subject.mode(SyncMode.FULL_REFRESH_APPEND);
      }
    }
  }

  /** Lets every target that is replaced as a whole be looked at. */
  void observe() {
    subjects.forEach(
        (subject, expectation) -> {
          if (subject.mode().writeMode().staged()) {
            expectation.check(published(subject));
          }
        });
  }

  /** Returns what tells the rows of a target apart; null: no table. */
  @Nullable List<Row> published(Subject subject) {
    List<Row> whole = publishedWhole(subject);
    return whole == null ? null : whole.stream().map(Subject::told).toList();
  }

  /** Returns what a reader sees of a stream, without the columns Airbyte adds; null: no table. */
  @Nullable List<Row> publishedWhole(Subject subject) {
    TargetName name =
        new FakeDestination(target, destinationOptions, FaultPlan.none())
            .identify(TargetName.wanted(FakeDestination.DEFAULT_NAMESPACE, targetName(subject)));
    FakeStore.Published table = target.read(name);
    if (table == null) {
      return null;
    }
    List<String> there = table.schema().getFields().stream().map(Field::getName).toList();
    List<Field> fields = subject.table().schema().getFields();
    if (layout == TableLayout.RAW) {
      int data = there.indexOf("_airbyte_data");
      return table.rows().stream().map(row -> unpacked(row.get(data), fields)).toList();
    }
    List<Integer> picked = fields.stream().map(field -> there.indexOf(mapped(field))).toList();
    return table.rows().stream().map(row -> row.pick(picked)).toList();
  }

  private String targetName(Subject subject) {
    String name = subject.name().name();
    return layout == TableLayout.RAW ? "_airbyte_raw_" + name : name;
  }

  private static boolean filtered(Row row) {
    return FILTERED_IDS.contains((Long) Objects.requireNonNull(row.get(0)));
  }

  private String mapped(Field field) {
    return !mappers.isEmpty() && field.getName().equals(NOTE) ? REMARK : field.getName();
  }

  private Row unpacked(@Nullable Object json, List<Field> fields) {
    Map<?, ?> parts = (Map<?, ?>) Objects.requireNonNull(JsonText.parse(String.valueOf(json)));
    List<@Nullable Object> values = new ArrayList<>();
    for (Field field : fields) {
      Object value = parts.get(mapped(field));
      values.add(value instanceof BigDecimal number ? (Long) number.longValueExact() : value);
    }
    return new Row(values);
  }

  /** Returns the pipeline, run by one process for a job of its own. */
  SyncSpec spec(Chaos chaos) {
    List<StreamSelection> streams = new ArrayList<>();
    for (Subject subject : subjects.keySet()) {
      streams.add(
          new StreamSelection(
              StreamPattern.parse(subject.name().display()),
              new StreamOptions(subject.mode(), "at", List.of("id"), null, null).with(mappers)));
    }
    return new SyncSpec(
            "simulated",
            context -> new FakeSource(database, sourceOptions, chaos.plan(), context),
            context -> new FakeDestination(target, destinationOptions, chaos.plan()),
            streams,
            StreamOptions.NONE,
            new NamespaceRule.OfDestination(),
            "",
            SchemaChangePolicy.PROPAGATE)
        .ofJob(++jobs);
  }
}
