package io.millrace.testkit.fake;

import io.millrace.spi.Commit;
import io.millrace.spi.ConfigException;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamName;
import io.millrace.spi.SystemException;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The durable content behind {@link FakeDestination}s: published tables, staged rows and commit
 * records. It survives a {@link SimulatedCrash}; every change is whole or not at all. Thread-safe.
 */
public final class FakeStore {
  /**
   * What a reader of a table sees.
   *
   * @param schema its columns
   * @param rows its rows, in the order of the columns
   */
  public record Published(Schema schema, List<Row> rows) {}

  private record LoadKey(String connectionId, StreamName stream) {}

  private final Map<String, FakeTarget> targets = new LinkedHashMap<>();
  private final Map<LoadKey, FakeLoad> loads = new LinkedHashMap<>();
  private long rowsMax = Long.MAX_VALUE;

  /** Bounds the rows it holds, staged ones included; a commit beyond fails as on a full disk. */
  public synchronized void limitRows(long max) {
    rowsMax = max;
  }

  /** Returns what a reader sees of a table now, or null where there is no such table. */
  public synchronized @Nullable Published read(TargetName target) {
    FakeTarget table = targets.get(target.identity());
    return table == null ? null : new Published(table.schema(), List.copyOf(table.rows()));
  }

  /** Returns the identities of the published tables, in order. */
  public synchronized List<String> tables() {
    return List.copyOf(new TreeSet<>(targets.keySet()));
  }

  /** Returns the number of rows that are committed and not published. */
  public synchronized int stagedRows() {
    return loads.values().stream().mapToInt(FakeLoad::stagedRows).sum();
  }

  /** Returns the commit records of a connection's stream, whatever sync they are of. */
  public synchronized List<Commit> commits(String connectionId, StreamName stream) {
    FakeLoad load = loads.get(new LoadKey(connectionId, stream));
    return load == null ? List.of() : List.copyOf(load.commits().values());
  }

  /** Loses what is committed and not published, as where somebody drops the staging tables. */
  public synchronized void loseLoads() {
    loads.values().forEach(FakeLoad::discard);
  }

  /** Opens the load of a plan and returns its owner number. */
  synchronized int open(LoadPlan plan) {
    LoadKey key = new LoadKey(plan.connectionId(), plan.stream());
    FakeLoad load = loads.get(key);
    if (load != null && load.syncId() > plan.syncId()) {
      throw new SystemException(
          "fake_old_sync", "Sync %d opens after sync %d.".formatted(plan.syncId(), load.syncId()));
    }
    if (load == null || load.syncId() < plan.syncId()) {
      load = new FakeLoad(plan);
      loads.put(key, load);
    }
    if (plan.writeMode() == WriteMode.APPEND || plan.writeMode() == WriteMode.APPEND_DEDUP) {
      target(plan).evolve(plan.schema());
    }
    return load.claim(plan);
  }

  synchronized List<Commit> commits(LoadPlan plan) {
    return List.copyOf(load(plan).commits().values());
  }

  synchronized void discard(LoadPlan plan, int owner) {
    if (!plan.writeMode().staged()) {
      throw new SystemException("fake_grammar", "discard was called for an append.");
    }
    owned(plan, owner).discard();
  }

  synchronized long commit(LoadPlan plan, int owner, int ordinal, Commit commit, List<Row> rows) {
    FakeLoad load = owned(plan, owner);
    checkSequence(load, commit);
    checkSpace(rows.size());
    List<String> names = plan.schema().getFields().stream().map(field -> field.getName()).toList();
    if (plan.writeMode() == WriteMode.APPEND) {
      target(plan).add(names, rows);
    } else {
      load.stage(new FakeLoad.Chunk(ordinal, names, List.copyOf(rows)));
    }
    load.record(commit, rows.size());
    return rows.size();
  }

  synchronized FinishReceipt finish(LoadPlan plan, int owner) {
    FakeLoad load = owned(plan, owner);
    FinishReceipt earlier = load.receipt();
    if (earlier != null) {
      return earlier;
    }
    for (Commit commit : load.commits().values()) {
      if (!commit.done()) {
        throw new SystemException(
            "fake_grammar", "finish was called before the end of " + commit.partitionId() + ".");
      }
    }
    FinishReceipt receipt =
        switch (plan.writeMode()) {
          case APPEND -> new FinishReceipt(load.rowsCommitted());
          case OVERWRITE, OVERWRITE_DEDUP -> replace(plan, load);
          case APPEND_DEDUP -> merge(plan, load);
        };
    load.finished(receipt);
    return receipt;
  }

  private FinishReceipt replace(LoadPlan plan, FakeLoad load) {
    FakeTarget shadow = staged(plan, load);
    targets.put(plan.target().identity(), shadow);
    return new FinishReceipt(shadow.rows().size());
  }

  private FinishReceipt merge(LoadPlan plan, FakeLoad load) {
    int published = staged(plan, load).rows().size();
    FakeTarget table = target(plan);
    load.pour(table);
    List<Row> newest = table.newestByKey(plan.primaryKey(), plan.cursorField());
    table.rows().clear();
    table.rows().addAll(newest);
    return new FinishReceipt(published);
  }

  private static FakeTarget staged(LoadPlan plan, FakeLoad load) {
    FakeTarget shadow = new FakeTarget();
    shadow.evolve(plan.schema());
    load.pour(shadow);
    if (plan.writeMode().dedups()) {
      List<Row> newest = new ArrayList<>(shadow.newestByKey(plan.primaryKey(), plan.cursorField()));
      shadow.rows().clear();
      shadow.rows().addAll(newest);
    }
    return shadow;
  }

  private static void checkSequence(FakeLoad load, Commit commit) {
    Commit last = load.commits().get(commit.partitionId());
    long expected = last == null ? 1 : last.sequence() + 1;
    if (commit.sequence() != expected || (last != null && last.done()) || load.receipt() != null) {
      throw new SystemException(
          "fake_grammar",
          "Commit %d of %s does not follow %s."
              .formatted(commit.sequence(), commit.partitionId(), last));
    }
  }

  private void checkSpace(int rows) {
    long held = stagedRows();
    for (FakeTarget target : targets.values()) {
      held += target.rows().size();
    }
    if (held + rows > rowsMax) {
      throw new ConfigException(
          "disk_full",
          "The fake's disk is full: it holds %d rows. Make room and run the sync again."
              .formatted(rowsMax));
    }
  }

  private FakeTarget target(LoadPlan plan) {
    return targets.computeIfAbsent(plan.target().identity(), _ -> new FakeTarget());
  }

  private FakeLoad load(LoadPlan plan) {
    return Objects.requireNonNull(loads.get(new LoadKey(plan.connectionId(), plan.stream())));
  }

  private FakeLoad owned(LoadPlan plan, int owner) {
    FakeLoad load = load(plan);
    if (load.syncId() != plan.syncId() || load.owner() != owner) {
      throw new SystemException(
          "fake_fenced", "Another loader has opened " + plan.stream().display() + " since.");
    }
    return load;
  }
}
