package io.millrace.connectors.duckdb;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.TargetDescription;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads one stream. The staging table is made when the first writer opens. */
final class DuckDbLoader implements StreamLoader {
  private final DatabaseFile file;
  private final Session session;
  private final Target target;
  private final ConnectorContext context;
  private @Nullable List<Column> written;

  DuckDbLoader(DatabaseFile file, Session session, Target target, ConnectorContext context) {
    this.file = file;
    this.session = session;
    this.target = target;
    this.context = context;
  }

  @Override
  public TargetDescription target() {
    Map<String, String> renamed = new LinkedHashMap<>();
    for (Column column : target.change().columns()) {
      if (!column.field().equals(column.name())) {
        renamed.put(column.field(), column.name());
      }
    }
    return new TargetDescription(target.table().display(), renamed);
  }

  @Override
  public List<Commit> commits() throws InterruptedException {
    return session.call(target.log()::newest);
  }

  @Override
  public void discard() throws InterruptedException {
    file.changing().lockInterruptibly();
    try {
      session.transact(
          open -> {
            open.execute("DROP TABLE IF EXISTS " + target.staging().sql());
            target.log().forget(open);
            return true;
          });
      written = null;
    } finally {
      file.changing().unlock();
    }
  }

  @Override
  public BatchWriter writer(String partitionId, int ordinal) throws InterruptedException {
    List<Column> columns = prepareWritten();
    Session own = file.session(context.heartbeat());
    try {
      long sequence = own.call(open -> target.log().sequence(open, partitionId));
      BatchInsert insert =
          new BatchInsert(
              context.allocator(), target.written(), columns, target.ordered() ? ordinal : null);
      return new DuckDbWriter(own, insert, target.log(), sequence, target.plan().primaryKey());
    } catch (InterruptedException | RuntimeException e) {
      own.close();
      throw e;
    }
  }

  /** Makes the table that writers fill, if it does not exist, and returns its columns. */
  private List<Column> prepareWritten() throws InterruptedException {
    file.changing().lockInterruptibly();
    try {
      if (written == null) {
        written =
            target.plan().writeMode().staged()
                ? session.transact(this::prepareStaging)
                : target.change().columns();
      }
      return written;
    } finally {
      file.changing().unlock();
    }
  }

  private List<Column> prepareStaging(Session open) throws SQLException {
    Map<String, String> existing = target.staging().columns(open);
    boolean ordered = existing.containsKey(StagingNames.ORDINAL);
    existing.remove(StagingNames.ORDINAL);
    existing.remove(StagingNames.POSITION);
    TableChange change = TableChange.plan(target.staging(), target.plan().schema(), existing);
    List<String> statements = new ArrayList<>(change.statements());
    if (target.ordered() && !ordered) {
      String alter = "ALTER TABLE " + target.staging().sql() + " ADD COLUMN ";
      statements.add(alter + Sql.name(StagingNames.ORDINAL) + " INTEGER");
      statements.add(alter + Sql.name(StagingNames.POSITION) + " BIGINT");
    }
    for (String statement : statements) {
      open.execute(statement);
    }
    return change.columns();
  }

  @Override
  public FinishReceipt finish() throws InterruptedException {
    file.changing().lockInterruptibly();
    try {
      return new FinishReceipt(new Publisher(session, target).publish());
    } finally {
      file.changing().unlock();
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
