package io.millrace.server.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.ConnectorRuntime;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.JobReport;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.SystemException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Tries whether configurations work. Thread-safe. */
public final class Checks {
  private final Configurations configurations;
  private final ConnectorCalls calls;
  private final Clock clock;

  /** Makes it. */
  public Checks(Configurations configurations, ConnectorCalls calls, Clock clock) {
    this.configurations = configurations;
    this.calls = calls;
    this.clock = clock;
  }

  /** Returns a {@code CheckConnectionRead} of a stored configuration. Changes nothing. */
  ObjectNode check(Side side, ConnectorDefinition<?> connector, ObjectNode stored)
      throws InterruptedException {
    Instant began = clock.instant();
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    lines.addAll(configurations.notes(connector, stored));
    Optional<ConnectorException> failure = attempt(connector, stored, lines);
    ObjectNode answer = Documents.empty().put("status", failure.isEmpty() ? "succeeded" : "failed");
    failure.ifPresent(
        problem -> {
          answer.put("message", problem.userMessage());
          lines.add("ERROR " + problem.userMessage());
        });
    Instant ended = clock.instant();
    ObjectNode report =
        JobReport.done(
            JobReport.Kind.check(side),
            connector.info().definitionId().toString(),
            began,
            ended,
            List.copyOf(lines));
    failure
        .filter(Checks::ourFault)
        .ifPresent(problem -> JobReport.failed(report, side, problem, ended));
    failure
        .filter(problem -> !ourFault(problem))
        .ifPresent(problem -> report.set("failureReason", JobReport.failure(side, problem, ended)));
    answer.set("jobInfo", report);
    return answer;
  }

  /** Checks an opened configuration; returns why it does not work, or nothing. */
  public Optional<ConnectorException> failure(Endpoint endpoint) throws InterruptedException {
    return attempt(endpoint, Collections.synchronizedList(new ArrayList<>()));
  }

  /** A check that finds a wrong configuration has done its work. */
  private static boolean ourFault(ConnectorException failure) {
    return failure instanceof SystemException || failure instanceof OutcomeUnknownException;
  }

  private Optional<ConnectorException> attempt(
      ConnectorDefinition<?> connector, ObjectNode stored, List<String> lines)
      throws InterruptedException {
    try {
      return attempt(configurations.endpoint(connector, stored), lines);
    } catch (ConnectorException e) {
      return Optional.of(e);
    }
  }

  private Optional<ConnectorException> attempt(Endpoint endpoint, List<String> lines)
      throws InterruptedException {
    try {
      calls.run(
          "The check",
          ConnectorCalls.CHECK_MAX,
          () -> {
            check(endpoint, lines);
            return true;
          });
      return Optional.empty();
    } catch (ConnectorException e) {
      return Optional.of(e);
    }
  }

  private void check(Endpoint endpoint, List<String> lines) throws InterruptedException {
    try (ConnectorRuntime runtime =
        new ConnectorRuntime(clock, notice -> lines.add("WARN " + notice.message()))) {
      switch (endpoint.connector()) {
        case SourceDefinition<?> ignored -> {
          try (Source source = endpoint.source().apply(runtime.context())) {
            source.check();
          }
        }
        case DestinationDefinition<?> ignored -> {
          try (Destination destination = endpoint.destination().apply(runtime.context())) {
            destination.check();
          }
        }
      }
    }
  }
}
