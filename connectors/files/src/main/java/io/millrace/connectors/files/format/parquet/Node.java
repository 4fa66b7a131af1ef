package io.millrace.connectors.files.format.parquet;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A field of the file's schema. Every field may be null.
 *
 * @param ordinal its place among the fields of its parent
 * @param name its name
 * @param type its logical type
 * @param children the parts of a struct, or the one element of a list; empty for a leaf
 */
record Node(int ordinal, String name, LogicalType type, List<Node> children) {
  private static final String ELEMENT = "element";

  /** Returns the fields of a file of this Arrow schema. */
  static List<Node> of(Schema schema) {
    List<Node> nodes = new ArrayList<>();
    for (Field field : schema.getFields()) {
      nodes.add(of(nodes.size(), field.getName(), Fields.typeOf(field)));
    }
    return List.copyOf(nodes);
  }

  private static Node of(int ordinal, String name, LogicalType type) {
    return switch (type) {
      case LogicalType.ListOf(LogicalType element) ->
          new Node(ordinal, name, type, List.of(of(0, ELEMENT, element)));
      case LogicalType.Vector ignored ->
          new Node(ordinal, name, type, List.of(of(0, ELEMENT, new LogicalType.Real(32))));
      // The format has no group without fields; such a value is the JSON text {}.
      case LogicalType.Struct(List<LogicalType.Part> parts) when parts.isEmpty() ->
          new Node(ordinal, name, new LogicalType.Json(), List.of());
      case LogicalType.Struct(List<LogicalType.Part> parts) ->
          new Node(ordinal, name, type, parts(parts));
      default -> new Node(ordinal, name, type, List.of());
    };
  }

  private static List<Node> parts(List<LogicalType.Part> parts) {
    List<Node> nodes = new ArrayList<>();
    for (LogicalType.Part part : parts) {
      nodes.add(of(nodes.size(), part.name(), part.type()));
    }
    return List.copyOf(nodes);
  }

  boolean leaf() {
    return children.isEmpty();
  }

  boolean list() {
    return type instanceof LogicalType.ListOf || type instanceof LogicalType.Vector;
  }

  /** Returns the paths from this field to each of its leaves. */
  List<List<Node>> leafPaths() {
    if (leaf()) {
      return List.of(List.of(this));
    }
    List<List<Node>> paths = new ArrayList<>();
    for (Node child : children) {
      for (List<Node> rest : child.leafPaths()) {
        List<Node> path = new ArrayList<>();
        path.add(this);
        path.addAll(rest);
        paths.add(path);
      }
    }
    return paths;
  }
}
