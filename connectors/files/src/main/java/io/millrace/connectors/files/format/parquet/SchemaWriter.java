package io.millrace.connectors.files.format.parquet;

import io.millrace.spi.type.LogicalType;
import java.util.ArrayList;
import java.util.List;

/** Writes the schema of a file into its footer: groups and leaves, depth first. */
final class SchemaWriter {
  private static final String LIST_GROUP = "list";
  private static final int OPTIONAL = 1;
  private static final int REPEATED = 2;
  private static final int CONVERTED_UTF8 = 0;
  private static final int CONVERTED_LIST = 3;
  private static final int CONVERTED_DECIMAL = 5;
  private static final int CONVERTED_DATE = 6;
  private static final int CONVERTED_TIMESTAMP_MICROS = 10;
  private static final int CONVERTED_INT_8 = 15;
  private static final int CONVERTED_INT_16 = 16;
  private static final int CONVERTED_JSON = 19;
  private static final int CONVERTED_FIELD = 6;

  private final ThriftWriter out;

  SchemaWriter(ThriftWriter out) {
    this.out = out;
  }

  /** Returns the names of a leaf's path as the format counts them, lists' inner groups included. */
  static List<String> names(List<Node> path) {
    List<String> names = new ArrayList<>();
    for (Node node : path) {
      names.add(node.name());
      if (node.list()) {
        names.add(LIST_GROUP);
      }
    }
    return List.copyOf(names);
  }

  /** Returns the number of elements that {@link #write} makes of these fields. */
  static int count(List<Node> nodes) {
    int count = 0;
    for (Node node : nodes) {
      count += 1 + (node.list() ? 1 : 0) + count(node.children());
    }
    return count;
  }

  void write(Node node) {
    if (node.leaf()) {
      leaf(node);
    } else if (node.list()) {
      group(node.name(), OPTIONAL, 1)
          .i32(CONVERTED_FIELD, CONVERTED_LIST)
          .begin(10)
          .empty(3)
          .end()
          .end();
      group(LIST_GROUP, REPEATED, 1).end();
      node.children().forEach(this::write);
    } else {
      group(node.name(), OPTIONAL, node.children().size()).end();
      node.children().forEach(this::write);
    }
  }

  private ThriftWriter group(String name, int repetition, int children) {
    return out.begin().i32(3, repetition).text(4, name).i32(5, children);
  }

  private void leaf(Node node) {
    PhysicalType physical = PhysicalType.of(node.type());
    out.begin().i32(1, physical.kind().code());
    if (physical.length() > 0) {
      out.i32(2, physical.length());
    }
    out.i32(3, OPTIONAL).text(4, node.name());
    annotate(node.type());
    out.end();
  }

  private void annotate(LogicalType type) {
    switch (type) {
      case LogicalType.Int(int bits) when bits < 32 -> {
        out.i32(CONVERTED_FIELD, bits == 8 ? CONVERTED_INT_8 : CONVERTED_INT_16);
        out.begin(10).begin(10).i8(1, bits).bool(2, true).end().end();
      }
      case LogicalType.Decimal(int precision, int scale) -> {
        out.i32(CONVERTED_FIELD, CONVERTED_DECIMAL).i32(7, scale).i32(8, precision);
        out.begin(10).begin(5).i32(1, scale).i32(2, precision).end().end();
      }
      case LogicalType.Date() -> out.i32(CONVERTED_FIELD, CONVERTED_DATE).begin(10).empty(6).end();
      case LogicalType.Time() -> clock(7, false);
      case LogicalType.Timestamp() -> clock(8, false);
      case LogicalType.TimestampTz() -> {
        out.i32(CONVERTED_FIELD, CONVERTED_TIMESTAMP_MICROS);
        clock(8, true);
      }
      case LogicalType.Text() -> out.i32(CONVERTED_FIELD, CONVERTED_UTF8).begin(10).empty(1).end();
      case LogicalType.Json() -> out.i32(CONVERTED_FIELD, CONVERTED_JSON).begin(10).empty(12).end();
      case LogicalType.Uuid() -> out.begin(10).empty(14).end();
      default -> {}
    }
  }

  /** Writes a time or timestamp in microseconds. */
  private void clock(int member, boolean utc) {
    out.begin(10).begin(member).bool(1, utc).begin(2).empty(2).end().end().end();
  }
}
