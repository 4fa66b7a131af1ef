package io.millrace.server.command;

import io.millrace.server.output.Console;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.config.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what ended a command into a sentence on stderr, a line in the log and an exit code. */
final class ErrorReport {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReport.class);

  /** The most lines a message takes on stderr. */
  static final int LINES_MAX = 4;

  private final Surroundings surroundings;

  ErrorReport(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Reports arguments that cannot be understood. */
  int usage(ParameterException e, String[] arguments) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    Console console = surroundings.console();
    console.errorLine(usageSentence(e));
    console.errorLine("\"" + name + " --help\" shows how it is used.");
    return ExitCode.USAGE;
  }

  /** Returns what is wrong with arguments. */
  static String usageSentence(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return sentence(String.valueOf(e.getMessage()));
    }
    CommandLine command = e.getCommandLine();
    String first = unmatched.getUnmatched().getFirst();
    if (first.startsWith("-")) {
      return "There is no option "
          + first
          + Suggestion.of(first, List.copyOf(command.getCommandSpec().optionsMap().keySet()))
          + ".";
    }
    if (!command.getSubcommands().isEmpty()) {
      return "There is no command \""
          + first
          + "\""
          + Suggestion.of(first, List.copyOf(command.getSubcommands().keySet()))
          + ".";
    }
    return "\"" + first + "\" is one argument too many.";
  }

  /** Reports a command that failed. */
  int failure(Exception e, ParseResult parsed) {
    LOG.atError().setCause(e).addKeyValue("command", name(parsed)).log("The command failed.");
    lines(messageOf(e)).forEach(surroundings.console()::errorLine);
    return ExitCode.of(e);
  }

  /** Returns what to tell a user about a failure. */
  static String messageOf(Throwable e) {
    return switch (e) {
      case ConnectorException sorted -> sorted.userMessage();
      case InterruptedException ignored -> "Stopped.";
      default ->
          String.format(
              Locale.ROOT,
              "Something unexpected went wrong (%s). Trying again may help.",
              ConnectorException.outside(e.toString()));
    };
  }

  /** Returns the code of a failure, as it stands in JSON. */
  static String codeOf(Throwable e) {
    return e instanceof ConnectorException sorted ? sorted.code() : "unexpected";
  }

  /** Returns the lines to print of a message: at most {@value #LINES_MAX}. */
  static List<String> lines(String message) {
    List<String> lines = message.lines().toList();
    if (lines.size() <= LINES_MAX) {
      return lines;
    }
    int rest = lines.size() - (LINES_MAX - 1);
    return Stream.concat(
            lines.stream().limit(LINES_MAX - 1), Stream.of("... and " + rest + " more."))
        .toList();
  }

  private static String sentence(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.endsWith(".") ? line : line + ".";
  }

  private static String name(ParseResult parsed) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    CommandLine.Model.CommandSpec spec = innermost.commandSpec();
    return spec.qualifiedName();
  }
}
