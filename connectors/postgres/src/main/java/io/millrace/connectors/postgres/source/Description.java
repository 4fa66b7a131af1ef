package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.type.PgColumn;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;

/** Gathers the columns of one relation to a descriptor. */
final class Description {
  private final StreamName name;
  private final boolean byTransactions;
  private final boolean standard;
  private final long rows;
  private final long bytes;
  private final List<PgColumn> columns = new ArrayList<>();
  private final Map<Integer, String> key = new TreeMap<>();

  private Description(
      StreamName name, boolean byTransactions, boolean standard, long rows, long bytes) {
    this.name = name;
    this.byTransactions = byTransactions;
    this.standard = standard;
    this.rows = rows;
    this.bytes = bytes;
  }

  static Description begin(StreamName name, ResultSet row, ReplicationMethod method)
      throws SQLException {
    String kind = row.getString("kind");
    double own = row.getDouble("own_tuples");
    boolean ownUnknown = row.wasNull() || own < 0;
    double below = row.getDouble("below_tuples");
    boolean belowUnknown = row.wasNull() || below < 0;
    long pages = row.getLong("own_pages") + row.getLong("below_pages");
    boolean unknown = ownUnknown && belowUnknown;
    boolean standard = method instanceof ReplicationMethod.Standard;
    return new Description(
        name,
        !standard && (kind.equals("r") || kind.equals("p")),
        standard,
        unknown ? -1 : Math.round((ownUnknown ? 0 : own) + (belowUnknown ? 0 : below)),
        unknown ? -1 : pages * row.getLong("page_bytes"));
  }

  StreamName name() {
    return name;
  }

  /**
   * Adds the next column.
   *
   * @param keyPosition its place in the primary key, or -1
   */
  void add(PgColumn column, int keyPosition) {
    columns.add(column);
    if (keyPosition >= 0) {
      key.put(keyPosition, column.name());
    }
  }

  StreamDescriptor end() {
    List<String> cursors =
        columns.stream()
            .filter(column -> Cursors.canServe(column.type()))
            .sorted(Comparator.comparingInt(Cursors::rank))
            .map(PgColumn::name)
            .toList();
    return new StreamDescriptor(
        name,
        new Schema(columns.stream().map(column -> SourceColumn.of(column, false).field()).toList()),
        List.copyOf(key.values()),
        cursors,
        byTransactions,
        byTransactions || (standard && !cursors.isEmpty()),
        rows,
        bytes);
  }
}
