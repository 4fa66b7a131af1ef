package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.copy.CopyColumns;
import io.millrace.connectors.postgres.destination.copy.RowEncoder;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.EncodedLoader;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.RowEncoding;
import io.millrace.spi.TargetDescription;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Loads one stream: staging table, writers, publication. Holds no session between calls. */
final class PostgresLoader implements EncodedLoader {
  private final SessionPool pool;
  private final Target target;
  private final Ledger ledger;
  private final String holder;
  private final TableDesign design;
  private final AtomicBoolean rowByRow;
  private final ReentrantLock stageLock = new ReentrantLock();
  private volatile @Nullable TableName stage;

  PostgresLoader(
      SessionPool pool,
      Target target,
      Ledger ledger,
      String holder,
      Opening.Opened opened,
      AtomicBoolean rowByRow) {
    this.pool = pool;
    this.target = target;
    this.ledger = ledger;
    this.holder = holder;
    this.design = opened.design();
    this.stage = opened.stage();
    this.rowByRow = rowByRow;
  }

  @Override
  public TargetDescription target() {
    return target.description();
  }

  @Override
  public List<Commit> commits() throws InterruptedException {
    try (Lease lease = pool.borrow()) {
      return lease.transaction("look up what is loaded of " + display(), ledger::commits);
    }
  }

  @Override
  public void discard() throws InterruptedException {
    try (Lease lease = pool.borrow()) {
      Busy.retry(
          lease,
          "discard the rows of " + display(),
          display(),
          jdbc -> {
            requireHeld(ledger.holds(jdbc, holder));
            Stages.drop(jdbc, ledger, target.table());
            ledger.forget(jdbc);
            return true;
          });
      stage = null;
    }
  }

  @Override
  public BatchWriter writer(String partitionId, int ordinal) {
    return new PostgresWriter(this, partitionId, ordinal, 0);
  }

  @Override
  public boolean takes(RowEncoding encoding) {
    return !rowByRow() && KeptForm.takes(design, encoding);
  }

  @Override
  public BatchWriter encodedWriter(RowEncoding encoding, String partitionId, int ordinal) {
    return new PostgresWriter(this, partitionId, ordinal, encoding.columns().size());
  }

  @Override
  public FinishReceipt finish() throws InterruptedException {
    try (Lease lease = pool.borrow();
        Pulse _ = pool.pulse(lease)) {
      long rows =
          Busy.retry(
              lease,
              "publish the rows of " + display(),
              display(),
              jdbc -> {
                requireHeld(ledger.holds(jdbc, holder));
                return Finishing.run(jdbc, target, ledger, design);
              });
      return new FinishReceipt(rows);
    }
  }

  @Override
  public void close() {
    // Sessions go back to the pool after each call; the lock is taken over by whoever opens next.
  }

  SessionPool pool() {
    return pool;
  }

  Ledger ledger() {
    return ledger;
  }

  LoadPlan plan() {
    return target.plan();
  }

  String holder() {
    return holder;
  }

  String display() {
    return target.table().display();
  }

  /** Tells whether the rows go into a table that a crash of the server empties. */
  boolean unlogged() {
    TableName table = stage;
    return target.plan().writeMode().staged()
        && Target.isUnlogged((table == null ? target.stage() : table).name());
  }

  /** Tells whether rows are sent so that one at fault can be told from the others. */
  boolean rowByRow() {
    return rowByRow.get();
  }

  /** Makes this and every later attempt find rows at fault; they are slower. */
  void refuseRowByRow() {
    rowByRow.set(true);
  }

  /**
   * Makes the encoder of a partition.
   *
   * @param kept how many of the first columns come as encoded rows
   */
  RowEncoder encoder(int ordinal, int kept) {
    CopyColumns columns = columns(target, design, kept);
    return target.plan().writeMode().dedups()
        ? RowEncoder.sequenced(columns, ordinal)
        : RowEncoder.of(columns);
  }

  private static CopyColumns columns(Target target, TableDesign design, int kept) {
    return new CopyColumns(design.columns(), kept, StageDefaults.of(target, design).fields());
  }

  String copyStatement(String table) {
    return copyStatement(target, design, table);
  }

  static String copyStatement(Target target, TableDesign design, String table) {
    boolean dedups = target.plan().writeMode().dedups();
    String sequence = dedups ? ", " + PgIdentifiers.quote(TableDesign.SEQUENCE_COLUMN) : "";
    CopyColumns columns = columns(target, design, 0);
    boolean binary = RowEncoder.of(columns).binary();
    return "COPY %s (%s%s) FROM STDIN WITH (FORMAT %s, ENCODING 'UTF8')"
        .formatted(
            table, TableDesign.nameList(columns.named()), sequence, binary ? "binary" : "text");
  }

  /**
   * Returns the table that rows are written to, quoted; makes the staging table at the first call.
   */
  String writable(Lease lease) throws InterruptedException {
    if (!target.plan().writeMode().staged()) {
      return target.table().quoted();
    }
    TableName ready = stage;
    if (ready != null) {
      return ready.quoted();
    }
    stageLock.lockInterruptibly();
    try {
      ready = stage;
      if (ready == null) {
        ready =
            lease.transaction(
                "make a staging table for " + display(),
                jdbc -> {
                  requireHeld(ledger.holds(jdbc, holder));
                  return Stages.make(jdbc, ledger, target, design);
                });
        stage = ready;
      }
      return ready.quoted();
    } finally {
      stageLock.unlock();
    }
  }

  private void requireHeld(boolean held) {
    if (!held) {
      throw PostgresWriter.superseded(display());
    }
  }
}
