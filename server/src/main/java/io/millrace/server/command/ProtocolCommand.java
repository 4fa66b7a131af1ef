package io.millrace.server.command;

import io.millrace.protocol.MessageWriter;
import io.millrace.protocol.ProtocolMessages;
import io.millrace.server.connector.ConnectorRuntime;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.pipeline.AirbyteFiles;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import java.util.ArrayList;
import java.util.List;

/** What the commands that speak the protocol share: messages on stdout, failures too. */
final class ProtocolCommand {
  private final Surroundings surroundings;
  private final MessageWriter writer;
  private final ProtocolMessages messages;

  ProtocolCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.writer = new MessageWriter(surroundings.console().out(), surroundings.clock());
    this.messages = new ProtocolMessages(writer);
  }

  /** Does the work of a command and returns the failures it has told already. */
  @FunctionalInterface
  interface Work {
    List<ConnectorException> run() throws InterruptedException;
  }

  MessageWriter writer() {
    return writer;
  }

  ProtocolMessages messages() {
    return messages;
  }

  AirbyteFiles files() {
    return new AirbyteFiles(
        surroundings.registry(), surroundings.environment(), surroundings.currentDirectory());
  }

  /** Returns the connector with the configuration of a file. */
  Endpoint endpoint(String name, String config) {
    return files().endpoint(surroundings.registry().find(name), config);
  }

  ConnectorRuntime runtime() {
    return new ConnectorRuntime(
        surroundings.clock(), notice -> messages.log("WARN", notice.message()));
  }

  /** Runs a command: a failure becomes a TRACE message and a sentence on stderr. */
  int run(Work work) {
    Thread working = Thread.currentThread();
    Signals.onFirst(working::interrupt);
    try {
      return ExitCode.ofAll(codes(work.run()));
    } catch (InterruptedException e) {
      return ExitCode.INTERRUPTED;
    } catch (ConnectorException e) {
      return failed(e);
    } catch (RuntimeException e) {
      return failed(
          new SystemException(
              "unexpected", io.millrace.server.output.Outcome.messageOf(e), e.toString(), e));
    } finally {
      writer.flush();
    }
  }

  private int failed(ConnectorException e) {
    messages.error(e, null);
    io.millrace.server.output.Sentences.of(e.userMessage())
        .forEach(surroundings.console()::errorLine);
    return ExitCode.of(e);
  }

  private List<Integer> codes(List<ConnectorException> failures) {
    List<Integer> codes = new ArrayList<>();
    for (ConnectorException failure : failures) {
      surroundings.console().errorLine(failure.userMessage());
      codes.add(ExitCode.of(failure));
    }
    return codes;
  }
}
