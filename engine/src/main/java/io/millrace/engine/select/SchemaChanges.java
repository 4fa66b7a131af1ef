package io.millrace.engine.select;

import io.millrace.engine.SchemaChangePolicy;
import io.millrace.engine.StreamMemory;
import io.millrace.spi.ConfigException;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.type.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Compares a stream with what it was in the last sync, and applies the policy. Pure. */
final class SchemaChanges {
  private final SchemaChangePolicy policy;
  private final @Nullable StreamMemory memory;

  SchemaChanges(SchemaChangePolicy policy, @Nullable StreamMemory memory) {
    this.policy = policy;
    this.memory = memory;
  }

  /** Tells whether a stream that only matches a pattern is left out because it is new. */
  boolean leavesOutNewStream() {
    return memory == null && policy == SchemaChangePolicy.IGNORE;
  }

  /** Returns the fields to read where the user names none. */
  List<String> columns(StreamDescriptor descriptor) {
    Map<String, String> known = known();
    return descriptor.schema().getFields().stream()
        .map(Field::getName)
        .filter(
            name ->
                policy != SchemaChangePolicy.IGNORE || known.isEmpty() || known.containsKey(name))
        .toList();
  }

  /** Returns the sentence with which a changed stream stops, or null. */
  @Nullable ConfigException problem(
      StreamDescriptor descriptor, List<String> columns, boolean matchedByPattern) {
    if (policy != SchemaChangePolicy.PAUSE) {
      return null;
    }
    String name = descriptor.name().display();
    if (memory == null) {
      return matchedByPattern ? paused("Stream " + name + " is new.") : null;
    }
    List<String> changes = changes(descriptor, columns);
    return changes.isEmpty()
        ? null
        : paused("Stream " + name + " has changed: " + String.join(", ", changes) + ".");
  }

  private static ConfigException paused(String what) {
    return new ConfigException(
        "schema_changed",
        what
            + " The pipeline says schema_changes: pause. Run it once with propagate or ignore to go"
            + " on.");
  }

  private List<String> changes(StreamDescriptor descriptor, List<String> columns) {
    Map<String, String> before = known();
    if (before.isEmpty()) {
      return List.of();
    }
    List<String> changes = new ArrayList<>();
    for (Field field : descriptor.schema().getFields()) {
      if (!columns.contains(field.getName())) {
        continue;
      }
      String now = Fields.typeOf(field).display();
      @Nullable String then = before.remove(field.getName());
      if (then == null) {
        changes.add("column " + field.getName() + " is new");
      } else if (!then.equals(now)) {
        changes.add("column " + field.getName() + " was " + then + " and is " + now);
      }
    }
    before.keySet().forEach(gone -> changes.add("column " + gone + " is gone"));
    return changes;
  }

  private Map<String, String> known() {
    Map<String, String> known = new LinkedHashMap<>();
    if (memory != null) {
      memory.fields().forEach(field -> known.put(field.name(), field.type()));
    }
    return known;
  }
}
