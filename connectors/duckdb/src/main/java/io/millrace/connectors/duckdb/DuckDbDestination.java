package io.millrace.connectors.duckdb;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.SqlTarget;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.SystemException;
import io.millrace.spi.TableLayout;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Streams into the tables of one DuckDB file, which is opened when first needed. */
final class DuckDbDestination implements Destination, SqlTarget {
  private static final Set<String> RESERVED_SCHEMAS =
      Set.of(StagingNames.CONTROL_SCHEMA, "information_schema", "pg_catalog");

  private final DuckDbConfig config;
  private final ConnectorContext context;
  private final Path path;
  private @Nullable DatabaseFile file;
  private boolean closed;

  DuckDbDestination(DuckDbConfig config, ConnectorContext context) {
    this.config = config;
    this.context = context;
    this.path = context.resolve(config.destinationPath());
  }

  @Override
  public void check() throws InterruptedException {
    if (Files.exists(path)) {
      tryOut(file());
      return;
    }
    // A check leaves nothing behind, so a file of another name stands in for the one to be made.
    Path trial = path.resolveSibling("." + UUID.randomUUID() + ".duckdb");
    DatabaseFile made = DatabaseFile.open(trial, path, config.memoryLimitMb());
    try {
      tryOut(made);
    } finally {
      made.release();
      remove(trial);
    }
  }

  private static void tryOut(DatabaseFile database) throws InterruptedException {
    Table table = new Table(database.catalog(), "main", "_millrace_check_" + UUID.randomUUID());
    try (Session session = database.session()) {
      session.call(
          open -> {
            open.execute("CREATE TABLE " + table.sql() + " AS SELECT 1 AS one");
            open.execute("DROP TABLE " + table.sql());
            return true;
          });
    }
  }

  private static void remove(Path trial) {
    try {
      Files.deleteIfExists(trial);
      Files.deleteIfExists(trial.resolveSibling(trial.getFileName() + ".wal"));
    } catch (IOException e) {
      throw new ConfigException(
          "access_denied",
          "The file " + trial + " was made for a check and cannot be removed. Remove it by hand.",
          String.valueOf(e),
          e);
    }
  }

  @Override
  public DestinationTraits traits() {
    return new DestinationTraits(
        Set.of(WriteMode.values()),
        TableLayout.TYPED,
        config.metadataColumns(),
        config.schema(),
        Set.of(),
        0);
  }

  @Override
  public TargetName identify(TargetName wanted) {
    String schema = plain(Objects.requireNonNullElse(wanted.namespace(), config.schema()));
    if (RESERVED_SCHEMAS.contains(Sql.fold(schema))) {
      schema = schema + "_data";
    }
    String name = plain(wanted.name());
    return new TargetName(schema, name, Sql.fold(schema) + "\n" + Sql.fold(name));
  }

  private static String plain(String name) {
    if (!name.isEmpty() && name.indexOf('\0') < 0) {
      return name;
    }
    return name.replace('\0', '_') + "_" + ColumnNames.hash(name);
  }

  @Override
  public List<String> preview(LoadPlan plan) throws InterruptedException {
    List<String> statements = new ArrayList<>();
    Target target;
    if (Files.exists(path)) {
      DatabaseFile database = file();
      try (Session session = database.session()) {
        target =
            session.call(open -> TargetFinder.find(open, database.catalog(), schema(plan), plan));
      }
    } else {
      statements.add("make the file " + path);
      target = TargetFinder.absent("database", schema(plan), plan);
    }
    statements.addAll(target.change().statements());
    statements.add("INSERT INTO " + target.written().sql() + " SELECT * FROM the batches read");
    switch (plan.writeMode()) {
      case APPEND -> {}
      case OVERWRITE -> statements.add(swapFor(target));
      case OVERWRITE_DEDUP -> {
        statements.add("keep the newest row of each key of " + target.staging().sql());
        statements.add(swapFor(target));
      }
      case APPEND_DEDUP ->
          statements.add(
              "merge the newest row of each key of %s into %s"
                  .formatted(target.staging().sql(), target.table().sql()));
    }
    return statements;
  }

  private static String swapFor(Target target) {
    return "DROP TABLE IF EXISTS %s; ALTER TABLE %s RENAME TO %s"
        .formatted(target.table().sql(), target.staging().sql(), Sql.name(target.table().name()));
  }

  private String schema(LoadPlan plan) {
    return Objects.requireNonNullElse(plan.target().namespace(), config.schema());
  }

  @Override
  public StreamLoader open(LoadPlan plan) throws InterruptedException {
    DatabaseFile database = file();
    Session session = database.session(context.heartbeat());
    try {
      database.changing().lockInterruptibly();
      try {
        Target target = session.transact(open -> prepare(open, database.catalog(), plan));
        return new DuckDbLoader(database, session, target, context);
      } finally {
        database.changing().unlock();
      }
    } catch (InterruptedException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private Target prepare(Session open, String catalog, LoadPlan plan) throws SQLException {
    CommitLog log = new CommitLog(catalog, plan);
    if (!log.exists(open)) {
      for (String statement : log.create()) {
        open.execute(statement);
      }
    }
    log.forgetOthers(open);
    Target target = TargetFinder.find(open, catalog, schema(plan), plan);
    for (String other : target.table().siblings(open, StagingNames.prefix(plan))) {
      if (!other.equals(target.staging().name())) {
        open.execute("DROP TABLE " + target.table().beside(other).sql());
      }
    }
    if (!target.table().schemaExists(open)) {
      open.execute("CREATE SCHEMA " + target.table().schemaSql());
    }
    if (!target.replaces() && log.published(open).isEmpty()) {
      for (String statement : target.change().statements()) {
        open.execute(statement);
      }
    }
    return target;
  }

  @Override
  public void run(List<String> statements) throws InterruptedException {
    for (int i = 0; i < statements.size(); i++) {
      if (OneStatement.several(statements.get(i))) {
        throw refusal(i + 1, "is several statements; give each of its own");
      }
      if (OneStatement.controlsTransaction(statements.get(i))) {
        throw leftTheTransaction(i + 1);
      }
    }
    try (Session session = file().session()) {
      session.transact(
          open -> {
            long begun = transaction(open);
            for (int i = 0; i < statements.size(); i++) {
              execute(open, i + 1, statements.get(i));
              if (transaction(open) != begun) {
                throw leftTheTransaction(i + 1);
              }
            }
            return true;
          });
    }
  }

  private static long transaction(Session open) throws SQLException {
    return open.query("SELECT txid_current()", row -> row.getLong(1)).getFirst();
  }

  private static ConfigException leftTheTransaction(int number) {
    return refusal(
        number, "begins or ends a transaction; all run in one, which is committed after the last");
  }

  private static ConfigException refusal(int number, String why) {
    return new ConfigException("sql_not_one", "Statement " + number + " " + why + ".");
  }

  private static void execute(Session open, int number, String statement) {
    try {
      open.execute(statement);
    } catch (SQLException e) {
      ConnectorException sorted = DuckDbErrors.sort(e);
      throw sorted instanceof SystemException
          ? new ConfigException(
              "sql_failed",
              "Statement " + number + " failed: " + ConnectorException.outside(e.getMessage()),
              sorted.internalMessage(),
              e)
          : sorted;
    }
  }

  private synchronized DatabaseFile file() throws InterruptedException {
    if (closed) {
      throw new IllegalStateException("The destination is closed.");
    }
    if (file == null) {
      file = DatabaseFile.open(path, path, config.memoryLimitMb());
    }
    return file;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (file != null) {
      file.release();
      file = null;
    }
  }
}
