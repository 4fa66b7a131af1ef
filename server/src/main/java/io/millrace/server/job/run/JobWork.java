package io.millrace.server.job.run;

import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncEngine;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.SyncStore;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobConfig;
import io.millrace.spi.StreamName;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a job asks of the engine.
 *
 * @param spec what its attempts sync
 * @param nothing there is no stream to do anything with
 * @param forgotten the streams whose unfinished reads are forgotten before the first attempt
 * @param alsoStates their states, too
 */
record JobWork(
    SyncSpec spec, boolean nothing, Predicate<StreamName> forgotten, boolean alsoStates) {
  /**
   * Makes the work of a job whose connection syncs this.
   *
   * @param configured the streams that the connection syncs
   */
  static JobWork of(Job job, SyncSpec spec, Set<StreamName> configured, SyncStore store) {
    JobConfig config = JobConfig.of(job.config());
    Predicate<StreamName> asked =
        name -> config.streams().isEmpty() || config.streams().contains(name);
    return switch (job.type()) {
      case SYNC -> new JobWork(spec, false, name -> false, false);
      case RESET_CONNECTION -> {
        Set<StreamName> emptied = new TreeSet<>(config.streams());
        if (emptied.isEmpty()) {
          emptied.addAll(configured);
          store.streams().stream().map(StreamMemory::name).forEach(emptied::add);
        }
        boolean nothing = emptied.isEmpty();
        yield new JobWork(nothing ? spec : spec.emptying(emptied), nothing, asked, true);
      }
      case REFRESH -> {
        boolean truncates = config.truncates();
        yield new JobWork(truncates ? spec.replacing(asked) : spec, false, asked, !truncates);
      }
    };
  }

  /** Does what the job's first attempt does before it syncs; may be repeated. */
  void prepare(SyncEngine engine, SyncStore store) {
    engine.end(store);
    engine.forget(store, forgotten, alsoStates);
  }
}
