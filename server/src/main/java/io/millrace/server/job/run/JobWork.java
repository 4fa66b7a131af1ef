package io.millrace.server.job.run;

import io.millrace.engine.OpenRead;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.SyncEngine;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.SyncStore;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobConfig;
import io.millrace.spi.StreamName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks of the engine.
 *
 * @param spec what its attempts sync
 * @param nothing there is no stream to do anything with
 * @param forgotten the streams whose unfinished reads are forgotten before the first attempt
 * @param stateless those whose states are forgotten, too
 */
record JobWork(
    SyncSpec spec,
    boolean nothing,
    Predicate<StreamName> forgotten,
    Predicate<StreamName> stateless) {
  /**
   * Makes the work of a job.
   *
   * @param connection what the job's connection syncs
   * @param known the connection's streams, as it knows them
   */
  static JobWork of(Job job, SyncSpec connection, List<ConnectionStream> known, SyncStore store) {
    SyncSpec spec = connection.ofJob(job.id());
    JobConfig config = JobConfig.of(job.config());
    Predicate<StreamName> asked =
        name -> config.streams().isEmpty() || config.streams().contains(name);
    return switch (job.type()) {
      case SYNC -> new JobWork(spec, false, name -> false, name -> false);
      case RESET_CONNECTION -> {
        Map<StreamName, Schema> emptied = lastSeen(known, store);
        emptied.keySet().removeIf(asked.negate());
        boolean nothing = emptied.isEmpty();
        // What is emptied loses its state when that begins; until then nothing has happened.
        Predicate<StreamName> unseen = asked.and(name -> !emptied.containsKey(name));
        yield new JobWork(nothing ? spec : spec.emptying(emptied), nothing, asked, unseen);
      }
      case REFRESH -> {
        boolean truncates = config.truncates();
        SyncSpec work = truncates ? spec.replacing(asked) : spec;
        yield new JobWork(work, false, asked, asked.and(name -> !truncates));
      }
    };
  }

  /** Does what the job's first attempt does before it syncs; may be repeated. */
  void prepare(SyncEngine engine, SyncStore store) {
    engine.end(store);
    engine.forget(store, forgotten, false);
    engine.forget(store, stateless, true);
  }

  /**
   * Returns what every stream of a connection looks like: as its last read found it, or else as the
   * connection was configured with it. Streams that the connection no longer syncs, or the source
   * no longer has, are among them as long as something is remembered of them.
   */
  private static Map<StreamName, Schema> lastSeen(List<ConnectionStream> known, SyncStore store) {
    Map<StreamName, Schema> seen = new TreeMap<>();
    Map<StreamName, Schema> configured = new TreeMap<>();
    for (ConnectionStream stream : known) {
      configured.put(stream.name(), StreamJson.schema(stream));
      if (stream.selected()) {
        seen.put(stream.name(), StreamJson.schema(stream));
      }
    }
    for (StreamMemory memory : store.streams()) {
      @Nullable OpenRead open = memory.open();
      @Nullable Schema schema = open == null ? configured.get(memory.name()) : open.fields();
      if (schema != null) {
        seen.put(memory.name(), schema);
      }
    }
    seen.values().removeIf(schema -> schema.getFields().isEmpty());
    return seen;
  }
}
