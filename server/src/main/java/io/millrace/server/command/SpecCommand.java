package io.millrace.server.command;

import io.millrace.protocol.MessageWriter;
import io.millrace.protocol.ProtocolMessages;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code millrace spec}. */
@Command(
    name = "spec",
    description = {"Prints a connector's specification as an Airbyte protocol message.", ""},
    footerHeading = "Examples:%n",
    footer = {"  millrace spec source-postgres", ""},
    synopsisHeading = "Usage: ")
final class SpecCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = Candidates.Connectors.class,
      description = "The connector, such as source-postgres.")
  private String name = "";

  SpecCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    MessageWriter writer = new MessageWriter(surroundings.console().out(), surroundings.clock());
    new ProtocolMessages(writer).spec(surroundings.registry().find(name));
    return ExitCode.OK;
  }
}
