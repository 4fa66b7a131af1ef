package io.millrace.engine.simulation;

import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.FakeTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One stream: its table, every content the table ever had, and what its target must hold because of
 * that. Rows are told apart by their key and their cursor, which no two versions share.
 */
final class Subject {
  static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("at", new LogicalType.Int(64)),
              Fields.of("note", new LogicalType.Text())));
  private static final int IDS = 40;
  private static final int LATE_MAX = 30;
  private static final long UNIQUE = 1_000_000;

  /**
   * The content of a table from one change to the next.
   *
   * @param rows the rows, in the order of their slots
   */
  record Content(List<Row> rows) {}

  private final FakeTable table;
  private final List<Content> history = new ArrayList<>();
  private final boolean repeatsKeys;
  private SyncMode mode;
  private long clock = LATE_MAX;
  private long serial;

  Subject(FakeTable table, SyncMode mode, boolean repeatsKeys) {
    this.table = table;
    this.mode = mode;
    this.repeatsKeys = repeatsKeys;
    remember();
  }

  StreamName name() {
    return table.name();
  }

  FakeTable table() {
    return table;
  }

  SyncMode mode() {
    return mode;
  }

  void mode(SyncMode newMode) {
    mode = newMode;
  }

  /** Returns the number of the newest content. */
  synchronized int now() {
    return history.size() - 1;
  }

  synchronized Content content(int number) {
    return history.get(number);
  }

  /** Returns the rows that live now in the first slots. */
  synchronized Content contentBefore(int slot) {
    return new Content(table.rowsBefore(slot).stream().map(Subject::told).toList());
  }

  synchronized void insert(Random random, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      serial++;
      long id = repeatsKeys ? random.nextInt(IDS) : IDS + serial;
      long late = repeatsKeys ? random.nextInt(LATE_MAX) : 0;
      rows.add(row(id, (clock - late) * UNIQUE + serial, random));
    }
    table.insert(rows);
    remember();
  }

  synchronized void update(Random random) {
    List<Row> rows = table.rows();
    if (rows.isEmpty()) {
      return;
    }
    Row old = rows.get(random.nextInt(rows.size()));
    serial++;
    clock += 2 * LATE_MAX;
    table.upsert(row((Long) Objects.requireNonNull(old.get(0)), clock * UNIQUE + serial, random));
    remember();
  }

  /** Removes a row; only where readers of the target would see it go. */
  synchronized void delete(Random random) {
    List<Row> rows = table.rows();
    if (!rows.isEmpty() && !mode.incremental()) {
      table.delete(rows.get(random.nextInt(rows.size())));
      remember();
    }
  }

  synchronized void addColumn() {
    List<Field> fields = new ArrayList<>(table.schema().getFields());
    fields.add(Fields.of("extra" + fields.size(), new LogicalType.Text()));
    table.alter(new Schema(fields), row -> padded(row, fields.size()));
  }

  private Row row(long id, long at, Random random) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(id);
    values.add(at);
    values.add("note " + random.nextInt(1_000));
    for (int i = values.size(); i < table.schema().getFields().size(); i++) {
      values.add("more " + at);
    }
    return new Row(values);
  }

  /** Returns what tells a row from all others: its first columns, which it always had. */
  static Row told(Row row) {
    return row.pick(List.of(0, 1, 2));
  }

  private static Row padded(Row row, int columns) {
    List<@Nullable Object> values = new ArrayList<>(row.values());
    while (values.size() < columns) {
      values.add(null);
    }
    return new Row(values);
  }

  private void remember() {
    history.add(new Content(table.rows().stream().map(Subject::told).toList()));
  }

  /** Returns what a content becomes in a target that dedups. */
  static List<Row> newestByKey(List<Row> rows) {
    Map<Object, Row> newest = new LinkedHashMap<>();
    for (Row row : rows) {
      newest.merge(
          Objects.requireNonNull(row.get(0)), row, (old, late) -> at(late) >= at(old) ? late : old);
    }
    return List.copyOf(newest.values());
  }

  private static long at(Row row) {
    return (Long) Objects.requireNonNull(row.get(1));
  }
}
