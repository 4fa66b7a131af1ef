package io.millrace.engine.run;

import io.millrace.engine.select.SelectedStream;
import io.millrace.engine.shape.BatchShaper;
import io.millrace.engine.shape.SyncIds;
import io.millrace.spi.LoadPlan;
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
    BatchShaper shaper =
        BatchShaper.of(
            context.destination().traits(),
            sourceSchema,
            selected.stream().primaryKey(),
            new SyncIds(syncId, generationId),
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
        selected.stream().primaryKey(),
        selected.stream().cursorField(),
        shaper.constants());
  }
}
