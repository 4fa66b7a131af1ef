package io.millrace.testkit.fake;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.Widening;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A table of a {@link FakeStore}, published or staged. Guarded by the store's lock. */
final class FakeTarget {
  private final Map<String, Field> columns = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();

  Schema schema() {
    return new Schema(columns.values());
  }

  List<Row> rows() {
    return rows;
  }

  /** Adds the columns that are missing and widens those that are too narrow, rows included. */
  void evolve(Schema wanted) {
    Map<String, Field> before = new LinkedHashMap<>(columns);
    for (Field field : wanted.getFields()) {
      columns.merge(field.getName(), field, FakeTarget::join);
    }
    if (!before.equals(columns) && !rows.isEmpty()) {
      rows.replaceAll(row -> reshape(row, List.copyOf(before.keySet())));
    }
  }

  /** Adds rows whose values stand in the order of {@code names}; all are columns. */
  void add(List<String> names, List<Row> added) {
    added.forEach(row -> rows.add(reshape(row, names)));
  }

  private Row reshape(Row row, List<String> names) {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (Field column : columns.values()) {
      int index = names.indexOf(column.getName());
      values.add(index < 0 ? null : Values.widen(row.get(index), Fields.typeOf(column)));
    }
    return new Row(values);
  }

  private static Field join(Field one, Field other) {
    LogicalType old = Fields.typeOf(one);
    LogicalType joined = Widening.join(old, Fields.typeOf(other));
    return joined.equals(old) ? one : Fields.of(one.getName(), joined);
  }

  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /** Returns one row per key: the one with the newest cursor, the later one among equals. */
  List<Row> newestByKey(List<String> primaryKey, @Nullable String cursor) {
    List<String> names = names();
    List<Integer> key = primaryKey.stream().map(names::indexOf).toList();
    int cursorIndex = cursor == null ? -1 : names.indexOf(cursor);
    Map<Row, Row> newest = new LinkedHashMap<>();
    for (Row row : rows) {
      newest.merge(
          row.pick(key),
          row,
          (old, late) ->
              cursorIndex >= 0 && Values.compare(late.get(cursorIndex), old.get(cursorIndex)) < 0
                  ? old
                  : late);
    }
    return List.copyOf(newest.values());
  }
}
