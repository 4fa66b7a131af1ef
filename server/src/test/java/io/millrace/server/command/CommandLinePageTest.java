package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.output.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Holds the page of the command line to the commands and options that there are. */
final class CommandLinePageTest {
  private static final Path PAGE = Path.of("../docs/reference/command-line.md");

  @Test
  void everyCommandAndOptionIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Surroundings surroundings =
        new Surroundings(
            Console.plain(stream, stream),
            new ByteArrayInputStream(new byte[0]),
            Clock.systemUTC(),
            Map.of(),
            Path.of(""),
            CommandLineProgram.NAME,
            ConnectorRegistry.of(List.of()));
    check(page, new CommandLineProgram(surroundings).commandLine());
  }

  private static void check(String page, CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      String name = option.longestName();
      if (!name.equals("--help") && !name.equals("--version")) {
        assertThat(page).as(command.getCommandName()).contains(name);
      }
    }
    for (CommandLine inner : command.getSubcommands().values()) {
      assertThat(page).contains(inner.getCommandName());
      check(page, inner);
    }
  }
}
