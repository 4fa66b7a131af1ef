package io.millrace.server.action;

import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.job.JobStore;
import io.millrace.server.notification.Webhook;
import io.millrace.server.operation.OperationCalls;
import io.millrace.server.store.Database;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one action once. Thread-safe. */
final class ActionWork {
  private static final Logger LOG = LoggerFactory.getLogger(ActionWork.class);

  private final Database database;
  private final ActionRunStore runs;
  private final ChainStarter starter;
  private final Webhook webhook;
  private final OperationCalls operations;
  private final SqlRunner sql;
  private final ActionReport report;
  private final Clock clock;
  private final ConnectionStore connections = new ConnectionStore();
  private final JobStore jobs = new JobStore();

  /** Held while a connection is started: of two who want the same one, the second must see it. */
  private final ReentrantLock starting = new ReentrantLock();

  ActionWork(
      Database database,
      ActionRunStore runs,
      ChainStarter starter,
      Webhook webhook,
      OperationCalls operations,
      SqlRunner sql,
      ActionReport report,
      Clock clock) {
    this.database = database;
    this.runs = runs;
    this.starter = starter;
    this.webhook = webhook;
    this.operations = operations;
    this.sql = sql;
    this.report = report;
    this.clock = clock;
  }

  /** Does it, and writes down how it went. */
  void perform(ActionRun run) throws InterruptedException {
    if (run.action() instanceof Action.Start start) {
      startInOneTransaction(run, start.connection());
      return;
    }
    if (run.tries() >= ActionSettings.TRIES_MAX) {
      failed(run, "The server was stopped in each of " + run.tries() + " tries.", true);
      return;
    }
    ActionFacts facts =
        database.write(
            tx -> {
              runs.begin(tx, run.key(), clock.instant());
              return ActionFacts.read(tx, connections, jobs, run);
            });
    try {
      switch (run.action()) {
        case Action.Start ignored -> {}
        case Action.Post post -> webhook.post(post.url(), facts.message());
        case Action.Operation operation -> operations.call(operation.id(), run.job());
        case Action.Sql statements -> inTime(facts, statements);
      }
      succeeded(run);
    } catch (TransientException e) {
      failed(run, e.userMessage(), run.tries() + 1 >= ActionSettings.TRIES_MAX);
    } catch (ConnectorException e) {
      failed(run, e.userMessage(), true);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("job", run.job()).setCause(e).log("action_failed_inside");
      failed(run, "An unexpected error; the server's log has it.", true);
    }
  }

  /** The start and the note of it are one, so that it happens exactly once. */
  private void startInOneTransaction(ActionRun run, ConnectionId target)
      throws InterruptedException {
    Optional<String> problem;
    starting.lockInterruptibly();
    try {
      problem =
          database.write(
              tx -> {
                boolean pending =
                    runs.find(tx, run.key())
                        .filter(one -> one.status() == ActionRun.Status.PENDING)
                        .isPresent();
                return pending ? start(tx, run, target) : Optional.empty();
              });
    } finally {
      starting.unlock();
    }
    if (problem.isPresent()) {
      report.failed(run.connection(), run.job(), run.action().label(), problem.get(), true);
    }
  }

  private Optional<String> start(Handle tx, ActionRun run, ConnectionId target) {
    Instant now = clock.instant();
    Optional<Connection> connection = connections.find(tx, target);
    ConnectionStatus status =
        connection.map(Connection::status).orElse(ConnectionStatus.DEPRECATED);
    String name = connection.map(Connection::name).orElse(target.toString());
    if (status != ConnectionStatus.ACTIVE) {
      return end(tx, run, now, "Connection " + name + " is " + status.label() + ".");
    }
    if (starter.start(tx, target)) {
      runs.started(tx, target, now);
      return Optional.empty();
    }
    String busy = "Connection " + name + " has a job that has not ended.";
    if (run.createdAt().plus(ActionSettings.BUSY_MAX).isBefore(now)) {
      return end(tx, run, now, busy);
    }
    Instant again = now.plus(ActionSettings.BUSY);
    runs.end(tx, run.key(), ActionRun.Status.PENDING, busy, again, now);
    return Optional.empty();
  }

  private Optional<String> end(Handle tx, ActionRun run, Instant now, String message) {
    runs.end(tx, run.key(), ActionRun.Status.FAILED, message, now, now);
    return Optional.of(message);
  }

  private void inTime(ActionFacts facts, Action.Sql action) throws InterruptedException {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              sql.run(facts.destination(), action.statements());
              return true;
            });
    Thread.ofVirtual().name("action-sql").start(task);
    try {
      boolean ignored = task.get(action.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ConfigException(
          "sql_timeout",
          "The SQL took longer than "
              + action.timeout().toSeconds()
              + " s and was stopped; raise timeoutSeconds.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      task.cancel(true);
    }
  }

  private void succeeded(ActionRun run) {
    Instant now = clock.instant();
    database.change(tx -> runs.end(tx, run.key(), ActionRun.Status.SUCCEEDED, null, now, now));
    report.succeeded(run.connection(), run.job(), run.action().label());
  }

  private void failed(ActionRun run, String message, boolean last) {
    Instant now = clock.instant();
    ActionRun.Status status = last ? ActionRun.Status.FAILED : ActionRun.Status.PENDING;
    Instant again = last ? now : now.plus(wait(run.tries()));
    database.change(tx -> runs.end(tx, run.key(), status, message, again, now));
    report.failed(run.connection(), run.job(), run.action().label(), message, last);
  }

  private static Duration wait(int earlierTries) {
    return ActionSettings.WAIT.multipliedBy((long) Math.pow(3, earlierTries));
  }

  /** Returns the runs whose turn has come or comes next. */
  List<ActionRun> next(int limit) {
    return database.read(tx -> runs.next(tx, limit));
  }
}
