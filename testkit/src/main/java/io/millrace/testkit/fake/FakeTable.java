package io.millrace.testkit.fake;

import io.millrace.spi.StreamName;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table as a system with row versions keeps it: a log of slots. An insert fills the next slot; an
 * update ends one version and fills the next slot with the new one. So every past moment can be
 * read. Thread-safe.
 */
public final class FakeTable {
  private static final long ALIVE = Long.MAX_VALUE;

  /**
   * A row to read.
   *
   * @param slot its place
   * @param row the values of all columns
   */
  public record SlotRow(int slot, Row row) {}

  private record Version(Row row, long bornAt, long diedAt) {}

  private final StreamName name;
  private final List<String> primaryKey;
  private final List<String> cursorFields;
  private final List<Version> slots = new ArrayList<>();
  private Schema schema;
  private long moment;
  private long lastDeath;

  /** Makes an empty table. */
  public FakeTable(
      StreamName name, Schema schema, List<String> primaryKey, List<String> cursorFields) {
    this.name = name;
    this.schema = schema;
    this.primaryKey = List.copyOf(primaryKey);
    this.cursorFields = List.copyOf(cursorFields);
  }

  /** Returns the stream's name. */
  public StreamName name() {
    return name;
  }

  /** Returns the names of the key's columns. */
  public List<String> primaryKey() {
    return primaryKey;
  }

  /** Returns the names of the columns that may serve as cursor. */
  public List<String> cursorFields() {
    return cursorFields;
  }

  /** Returns the columns as they are now. */
  public synchronized Schema schema() {
    return schema;
  }

  /** Adds rows in one transaction. Returns this table. */
  public synchronized FakeTable insert(List<Row> rows) {
    moment++;
    for (Row row : rows) {
      slots.add(new Version(row, moment, ALIVE));
    }
    return this;
  }

  /** Replaces the row with the same key; inserts it where there is none. */
  public synchronized void upsert(Row row) {
    delete(row);
    insert(List.of(row));
  }

  /** Removes the row with the same key, if there is one. */
  public synchronized void delete(Row row) {
    moment++;
    Row key = keyOf(row);
    for (int i = 0; i < slots.size(); i++) {
      Version version = slots.get(i);
      if (version.diedAt == ALIVE && keyOf(version.row).equals(key)) {
        slots.set(i, new Version(version.row, version.bornAt, moment));
        lastDeath = moment;
      }
    }
  }

  /** Changes the columns, and every row with them; past moments show the new shape too. */
  public synchronized void alter(Schema changed, UnaryOperator<Row> change) {
    schema = changed;
    slots.replaceAll(v -> new Version(change.apply(v.row), v.bornAt, v.diedAt));
  }

  /** Returns the rows that live now, in the order of their slots. */
  public synchronized List<Row> rows() {
    return read(0, slots.size(), moment, Integer.MAX_VALUE).stream().map(SlotRow::row).toList();
  }

  /** Returns the rows that live now in the first slots. */
  public synchronized List<Row> rowsBefore(int slot) {
    return read(0, slot, moment, Integer.MAX_VALUE).stream().map(SlotRow::row).toList();
  }

  synchronized long moment() {
    return moment;
  }

  synchronized int end() {
    return slots.size();
  }

  /** Tells whether a row that was visible at a moment has gone since. */
  synchronized boolean lostRowsSince(long asOf) {
    return lastDeath > asOf;
  }

  /** Returns up to {@code max} rows of the slots from..to-1 that were visible at a moment. */
  synchronized List<SlotRow> read(int from, int to, long asOf, int max) {
    List<SlotRow> found = new ArrayList<>();
    for (int slot = from; slot < to && found.size() < max; slot++) {
      Version version = slots.get(slot);
      if (version.bornAt <= asOf && version.diedAt > asOf) {
        found.add(new SlotRow(slot, version.row));
      }
    }
    return found;
  }

  private Row keyOf(Row row) {
    if (primaryKey.isEmpty()) {
      return row;
    }
    List<String> names = schema.getFields().stream().map(field -> field.getName()).toList();
    return row.pick(primaryKey.stream().map(names::indexOf).toList());
  }
}
