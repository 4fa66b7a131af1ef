package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.destination.table.Names;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.Notice;
import io.millrace.spi.SqlTarget;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.StreamName;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A PostgreSQL database that streams are loaded into. Thread-safe. */
final class PostgresDestination implements Destination, SqlTarget {
  private static final Set<String> EXACT_SYSTEMS = Set.of("postgresql");

  private final PostgresDestinationConfig config;
  private final ConnectorContext context;
  private final SessionPool pool;

  /** Streams of which the server refused a row: they are sent row by row from then on. */
  private final Map<StreamName, AtomicBoolean> rowByRow = new ConcurrentHashMap<>();

  PostgresDestination(
      PostgresDestinationConfig config, ConnectorContext context, SessionPool pool) {
    this.config = config;
    this.context = context;
    this.pool = pool;
  }

  @Override
  public void check() throws InterruptedException {
    TableName table =
        new TableName(
            Names.relation(config.schema()),
            Names.RESERVED_PREFIX + "_check_" + Names.longHash(UUID.randomUUID().toString()));
    try (Lease lease = pool.borrow()) {
      lease.transaction("create a table in " + config.schema(), jdbc -> tryOut(jdbc, table));
    }
  }

  @Override
  public void warmUp() throws InterruptedException {
    pool.borrow().close();
  }

  private static boolean tryOut(Connection jdbc, TableName table) throws SQLException {
    Schemas.ensure(jdbc, table.schema());
    Sql.execute(jdbc, "CREATE TABLE " + table.quoted() + " (id bigint)");
    Sql.execute(jdbc, "INSERT INTO " + table.quoted() + " VALUES (1)");
    Sql.execute(jdbc, "DROP TABLE " + table.quoted());
    return true;
  }

  @Override
  public DestinationTraits traits() {
    return new DestinationTraits(
        EnumSet.allOf(WriteMode.class),
        config.tableLayout(),
        config.metadataColumns(),
        Names.relation(config.schema()),
        EXACT_SYSTEMS,
        0);
  }

  @Override
  public TargetName identify(TargetName wanted) {
    String namespace = wanted.namespace();
    TableName table =
        new TableName(
            Names.relation(namespace == null ? config.schema() : namespace),
            Names.relation(wanted.name()));
    return new TargetName(table.schema(), table.name(), table.quoted());
  }

  @Override
  public List<String> preview(LoadPlan plan) throws InterruptedException {
    Target target = target(plan);
    Opening opening = opening(target, "preview");
    try (Lease lease = pool.borrow()) {
      return lease.transaction(
          "look at " + target.table().display(),
          jdbc -> new Preview(jdbc, target, opening).statements());
    }
  }

  @Override
  public StreamLoader open(LoadPlan plan) throws InterruptedException {
    Target target = target(plan);
    String holder = UUID.randomUUID().toString();
    Opening opening = opening(target, holder);
    String display = target.table().display();
    try (Lease lease = pool.borrow()) {
      Opening.Opened opened =
          Busy.retry(lease, "prepare the table " + display, display, opening::run);
      for (String notice : opened.notices()) {
        context.notices().accept(new Notice("postgres_table", plan.stream(), notice));
      }
      return new PostgresLoader(
          pool,
          target,
          ledger(target),
          holder,
          opened,
          rowByRow.computeIfAbsent(plan.stream(), stream -> new AtomicBoolean()));
    }
  }

  @Override
  public void run(List<String> statements) throws InterruptedException {
    try (Lease lease = pool.borrow()) {
      // A session that is dropped within a transaction takes it back.
      lease.unsettled();
      lease
          .session()
          .call(
              "read the statements",
              jdbc -> {
                OneTransaction.check(jdbc, statements);
                return true;
              });
      for (int i = 0; i < statements.size(); i++) {
        int number = i + 1;
        String statement = statements.get(i);
        lease.session().execute("run statement " + number, statement);
        lease
            .session()
            .call(
                "run statement " + number,
                jdbc -> {
                  OneTransaction.stillOpen(jdbc, number);
                  return true;
                });
      }
      lease
          .session()
          .call(
              "commit the statements",
              jdbc -> {
                jdbc.commit();
                return true;
              });
      lease.settled();
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private Target target(LoadPlan plan) {
    return Target.of(plan, Names.relation(config.schema()), config.unloggedStaging());
  }

  private static Ledger ledger(Target target) {
    LoadPlan plan = target.plan();
    return new Ledger(target.table().schema(), plan.connectionId(), plan.stream(), plan.syncId());
  }

  private Opening opening(Target target, String holder) {
    return new Opening(target, ledger(target), holder, config.unconstrainedNumber());
  }
}
