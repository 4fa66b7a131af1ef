package io.millrace.engine.run;

import static io.millrace.engine.Failure.Origin.DESTINATION;
import static io.millrace.engine.Failure.Origin.ENGINE;
import static io.millrace.engine.Failure.Origin.SOURCE;

import io.millrace.engine.Failure.Stage;
import io.millrace.engine.OpenRead;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncEvent;
import io.millrace.engine.select.SelectedStream;
import io.millrace.spi.Commit;
import io.millrace.spi.ConfigException;
import io.millrace.spi.Notice;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.Resumption;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.SystemException;
import java.util.List;

/** Goes on with a read that was interrupted, in this process or an earlier one. */
final class Continuation {
  private final SyncContext context;
  private final SelectedStream selected;
  private final StreamMemories memories;

  Continuation(SyncContext context, SelectedStream selected, StreamMemories memories) {
    this.context = context;
    this.selected = selected;
    this.memories = memories;
  }

  /** Asks the source how to go on and remembers the answer; returns the memory to go on with. */
  StreamMemory resume(StreamMemory memory, OpenRead open, StreamLoader loader)
      throws InterruptedException {
    List<Commit> commits = StageException.at(DESTINATION, Stage.OPEN, loader::commits);
    List<PartitionProgress> progress = StreamLoad.progress(open.partitions(), commits);
    if (progress.stream().allMatch(PartitionProgress::done)) {
      return memory;
    }
    Resumption answer =
        StageException.at(
            SOURCE,
            Stage.PLAN,
            () -> context.source().resume(selected.stream(), open.stateBefore(), progress));
    return switch (answer) {
      case Resumption.Continue goOn -> memories.replan(memory, open, goOn.plan());
      case Resumption.Restart restart -> {
        StageException.at(ENGINE, Stage.PLAN, this::requireStaged);
        context.tell(
            new SyncEvent.Noticed(
                new Notice("read_restarted", selected.stream().name(), restart.reason())));
        discard(loader);
        yield memories.replan(memory, open, restart.plan());
      }
    };
  }

  /**
   * Drops a read that was interrupted under other options, where nobody has seen its rows: this is
   * a later sync than the read's, so the destination drops them when its loader is opened.
   */
  void dropForOtherOptions(StreamMemory memory, OpenRead open) throws InterruptedException {
    if (open.mode().writeMode().staged()) {
      memories.forgetOpen(memory);
      return;
    }
    StageException.at(
        ENGINE,
        Stage.PLAN,
        () -> {
          throw new ConfigException(
              "options_changed",
              "The last sync of stream "
                  + selected.stream().name().display()
                  + " was interrupted while it appended with other options ("
                  + open.options()
                  + "). Run it once with those to end it, or reset the stream's state to begin"
                  + " anew.");
        });
  }

  private boolean requireStaged() {
    if (!selected.writeMode().staged()) {
      throw new SystemException(
          "restart_of_append",
          "The source asked to begin stream "
              + selected.stream().name().display()
              + " again, but its rows are visible already. Please report this.");
    }
    return true;
  }

  private static void discard(StreamLoader loader) throws InterruptedException {
    StageException.at(
        DESTINATION,
        Stage.OPEN,
        () -> {
          loader.discard();
          return true;
        });
  }
}
