package io.millrace.engine.run;

import io.millrace.engine.mapper.Mapping;
import io.millrace.engine.select.SelectedStream;
import io.millrace.engine.shape.BatchShaper;
import io.millrace.spi.LoadPlan;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/** Makes load plans. */
final class LoadPlans {
  private LoadPlans() {}

  static LoadPlan of(
      SyncContext context,
      SelectedStream selected,
      long generationId,
      long syncId,
      Schema sourceSchema) {
    Mapping mapping = Mapping.of(selected.mappers(), sourceSchema);
    List<String> key = mapping.names(selected.stream().primaryKey());
    BatchShaper shaper =
        BatchShaper.of(
            context.destination().traits(),
            mapping.schema(),
            key,
            context.ids(syncId, generationId),
            context.clock(),
            context.allocator());
    return new LoadPlan(
        context.spec().connectionId(),
        syncId,
        generationId,
        selected.stream().name(),
        selected.target(),
        shaper.schema(),
        selected.writeMode(),
        key,
        mapping.isEmpty()
            ? selected.stream().cursorField()
            : mapping.nameOfKept(selected.stream().cursorField()),
        mapping.mayNull() ? Map.of() : shaper.constants());
  }
}
