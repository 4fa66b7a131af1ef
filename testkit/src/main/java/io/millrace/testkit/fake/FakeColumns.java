package io.millrace.testkit.fake;

import io.millrace.spi.LoadPlan;
import io.millrace.spi.TargetDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The names of a plan's fields as columns.
 *
 * @param byField field to column, for every field
 */
record FakeColumns(Map<String, String> byField) {
  static FakeColumns of(LoadPlan plan, int charsMax) {
    Map<String, String> byField = new LinkedHashMap<>();
    for (Field field : plan.schema().getFields()) {
      byField.put(field.getName(), FakeNames.cut(field.getName(), charsMax));
    }
    return new FakeColumns(byField);
  }

  TargetDescription target(String fullName) {
    Map<String, String> renamed = new LinkedHashMap<>(byField);
    renamed.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
    return new TargetDescription(fullName, renamed);
  }

  LoadPlan rename(LoadPlan plan) {
    List<Field> fields = new ArrayList<>();
    for (Field field : plan.schema().getFields()) {
      fields.add(new Field(column(field.getName()), field.getFieldType(), field.getChildren()));
    }
    @Nullable String cursor = plan.cursorField() == null ? null : column(plan.cursorField());
    return new LoadPlan(
        plan.connectionId(),
        plan.syncId(),
        plan.generationId(),
        plan.stream(),
        plan.target(),
        new Schema(fields),
        plan.writeMode(),
        plan.primaryKey().stream().map(this::column).toList(),
        cursor);
  }

  private String column(String field) {
    return byField.getOrDefault(field, field);
  }
}
