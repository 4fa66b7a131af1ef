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
 * @param forgotten the streams whose unfinished reads are forgotten before the first attempt
 * @param alsoStates their states, too
 */
record JobWork(SyncSpec spec, Predicate<StreamName> forgotten, boolean alsoStates) {
  /** Makes the work of a job whose connection syncs this. */
  static JobWork of(Job job, SyncSpec spec, SyncStore store) {
    JobConfig config = JobConfig.of(job.config());
    Predicate<StreamName> asked =
        name -> config.streams().isEmpty() || config.streams().contains(name);
    return switch (job.type()) {
      case SYNC -> new JobWork(spec, name -> false, false);
      case RESET_CONNECTION -> {
        Set<StreamName> emptied = new TreeSet<>(config.streams());
        if (emptied.isEmpty()) {
          store.streams().stream().map(StreamMemory::name).forEach(emptied::add);
        }
        yield new JobWork(spec.emptying(emptied), asked, true);
      }
      case REFRESH -> {
        boolean truncates = config.truncates();
        yield new JobWork(truncates ? spec.replacing(asked) : spec, asked, !truncates);
      }
    };
  }

  /** Does what the job's first attempt does before it syncs; may be repeated. */
  void prepare(SyncEngine engine, SyncStore store) {
    engine.end(store);
    engine.forget(store, forgotten, alsoStates);
  }
}
