package io.millrace.testkit.fake;

import io.millrace.spi.StreamName;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The tables that a {@link FakeSource} reads; survives every source. Thread-safe. */
public final class FakeDatabase {
  private final ConcurrentSkipListMap<StreamName, FakeTable> tables = new ConcurrentSkipListMap<>();

  /** Makes an empty table and returns it; it replaces one of the same name. */
  public FakeTable create(
      StreamName name, Schema schema, List<String> primaryKey, List<String> cursorFields) {
    FakeTable table = new FakeTable(name, schema, primaryKey, cursorFields);
    tables.put(name, table);
    return table;
  }

  /** Removes a table. */
  public void drop(StreamName name) {
    tables.remove(name);
  }

  /** Returns a table, or null where there is none. */
  public @Nullable FakeTable find(StreamName name) {
    return tables.get(name);
  }

  /** Returns every table in the order of the names. */
  public Collection<FakeTable> tables() {
    return List.copyOf(tables.values());
  }
}
