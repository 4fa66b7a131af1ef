package io.millrace.engine.run;

import io.millrace.engine.OpenRead;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.StreamMemory.FieldMemory;
import io.millrace.engine.SyncEvent;
import io.millrace.engine.select.Replacement;
import io.millrace.engine.select.SelectedStream;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.Notice;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.Tally;
import io.millrace.spi.type.Fields;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Reads and changes what is remembered of one stream. Used by the stream's thread. */
final class StreamMemories {
  private final SyncContext context;
  private final SelectedStream selected;

  StreamMemories(SyncContext context, SelectedStream selected) {
    this.context = context;
    this.selected = selected;
  }

  /** Returns the memory, without an open read that is over. */
  StreamMemory current() {
    @Nullable StreamMemory memory = context.store().stream(selected.descriptor().name());
    if (memory == null) {
      return new StreamMemory(
          selected.descriptor().name(),
          selected.wanted(),
          selected.target(),
          0,
          false,
          null,
          List.of(),
          false,
          null);
    }
    @Nullable OpenRead open = memory.open();
    if (open != null && open.finished() != null && open.syncId() <= context.endedSyncId()) {
      return memory.withOpen(null);
    }
    return memory;
  }

  /**
   * Returns the state a read begins with: null for a full refresh, and where the stream lands
   * somewhere else than before, because there nothing of it is yet. A state that was given to a
   * stream before its first sync holds wherever it lands.
   */
  @Nullable StreamState stateToBeginWith(StreamMemory memory) {
    if (!selected.stream().mode().incremental() || selected.replaced() || memory.state() == null) {
      return null;
    }
    if (!memory.synced() || sameTarget(memory)) {
      return memory.state();
    }
    context.tell(
        new SyncEvent.Noticed(
            new Notice(
                "target_changed",
                memory.name(),
                "Stream "
                    + memory.name().display()
                    + " now lands in "
                    + selected.target().display()
                    + " instead of "
                    + memory.target().display()
                    + ", so all of it is read again.")));
    return null;
  }

  /** Tells whether a stream with nothing to read needs nothing at the destination either. */
  boolean upToDate(StreamMemory memory, Schema schema) {
    return selected.stream().mode().incremental()
        && !selected.replaced()
        && !memory.fields().isEmpty()
        && sameTarget(memory)
        && memory.fields().equals(fieldsOf(schema));
  }

  /** Remembers the state after a sync that had nothing to read. */
  void advance(StreamMemory memory, StreamState next) {
    if (!next.equals(memory.state())) {
      context.store().saveStream(memory.withState(next));
    }
  }

  /**
   * Returns the generation of the rows of a read that begins: a new one for every read of
   * everything, and the one there is for what has changed.
   */
  long generationToBegin(StreamMemory memory) {
    boolean everything =
        !selected.stream().mode().incremental() || selected.replaced() || memory.anew();
    return everything ? memory.generationId() + 1 : memory.generationId();
  }

  /** Remembers that a read begins. */
  StreamMemory begin(StreamMemory memory, @Nullable StreamState state, StreamPlan plan) {
    OpenRead open =
        new OpenRead(
            context.syncId(),
            selected.writtenAs(),
            selected.signature(),
            state,
            OpenRead.text(plan.schema()),
            plan.partitions(),
            null);
    // From here on the target may be empty: a state would tell of rows that are not there.
    boolean clears = selected.replacement() == Replacement.CLEAR;
    return save(
        new StreamMemory(
            memory.name(),
            selected.wanted(),
            selected.target(),
            generationToBegin(memory),
            false,
            clears ? null : memory.state(),
            memory.fields(),
            memory.hadRows(),
            open));
  }

  /** Remembers what the source said about going on. */
  StreamMemory replan(StreamMemory memory, OpenRead open, StreamPlan plan) {
    OpenRead replanned =
        new OpenRead(
            open.syncId(),
            open.mode(),
            open.options(),
            open.stateBefore(),
            OpenRead.text(plan.schema()),
            plan.partitions(),
            null);
    return replanned.equals(open) ? memory : save(memory.withOpen(replanned));
  }

  /** Forgets the open read: it begins anew. */
  void forgetOpen(StreamMemory memory) {
    save(memory.withOpen(null));
  }

  /** Remembers that everything is published, and where the next sync begins. */
  void finish(StreamMemory memory, OpenRead open, StreamLoad load) {
    Tally total = load.total();
    warnAboutEmptiness(memory, total);
    @Nullable StreamState next =
        selected.stream().mode().incremental()
            ? context.source().advance(selected.stream(), open.stateBefore(), load.finished())
            : null;
    OpenRead finished =
        new OpenRead(
            context.syncId(),
            open.mode(),
            open.options(),
            open.stateBefore(),
            open.schema(),
            List.of(),
            total);
    save(
        new StreamMemory(
            memory.name(),
            memory.wanted(),
            memory.target(),
            memory.generationId(),
            memory.anew(),
            next,
            fieldsOf(schemaOf(open)),
            memory.hadRows() || total.rowsWritten() > 0,
            finished));
  }

  /** Returns the open read of a memory that has one. */
  OpenRead openOf(StreamMemory memory) {
    return Objects.requireNonNull(memory.open(), "open read");
  }

  /** Returns the schema of the source's batches. */
  Schema schemaOf(OpenRead open) {
    return open.fields();
  }

  /** Returns what the destination is asked to load. */
  LoadPlan loadPlan(StreamMemory memory, OpenRead open) {
    return LoadPlans.of(context, selected, memory.generationId(), open.syncId(), schemaOf(open));
  }

  private boolean sameTarget(StreamMemory memory) {
    return memory.target().identity().equals(selected.target().identity());
  }

  private void warnAboutEmptiness(StreamMemory memory, Tally total) {
    if (total.rowsRead() == 0 && memory.hadRows() && !selected.stream().mode().incremental()) {
      context.tell(
          new SyncEvent.Noticed(
              new Notice(
                  "stream_became_empty",
                  memory.name(),
                  "Stream "
                      + memory.name().display()
                      + " had rows in an earlier sync and has none now.")));
    }
  }

  private static List<FieldMemory> fieldsOf(Schema schema) {
    return schema.getFields().stream()
        .map(field -> new FieldMemory(field.getName(), Fields.typeOf(field).display()))
        .toList();
  }

  private StreamMemory save(StreamMemory memory) {
    context.store().saveStream(memory);
    return memory;
  }
}
