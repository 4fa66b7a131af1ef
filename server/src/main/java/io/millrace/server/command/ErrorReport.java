package io.millrace.server.command;

import io.millrace.server.output.Console;
import io.millrace.server.output.Json;
import io.millrace.server.output.Outcome;
import io.millrace.server.output.Sentences;
import io.millrace.server.output.SummaryJson;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.config.Suggestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what ended a command into a sentence on stderr, a line in the log and an exit code. */
final class ErrorReport {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReport.class);

  /**
   * The code of what is wrong with a workspace file: a line for each place, to be read as a list.
   */
  private static final String WORKSPACE_FILE = "workspace_file";

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
    if (OutputFormat.jsonAskedFor(arguments)) {
      console.line(Json.line(SummaryJson.failed("usage", usageSentence(e))));
    }
    return ExitCode.USAGE;
  }

  /** Returns what is wrong with arguments. */
  static String usageSentence(ParameterException e) {
    return switch (e) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          missing(missing.getMissing().getFirst());
      case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is said twice.";
      default -> {
        ArgSpec argument = e.getArgSpec();
        String value = e.getValue();
        yield argument == null || value == null
            ? sentence(String.valueOf(e.getMessage()))
            : unfitting(argument, value);
      }
    };
  }

  private static String missing(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel() + " is missing."
        : argument.paramLabel() + " is missing.";
  }

  private static String unfitting(ArgSpec argument, String value) {
    List<String> allowed = new ArrayList<>();
    Class<?> type = argument.typeInfo().getType();
    if (type == boolean.class || type == Boolean.class) {
      allowed.addAll(List.of("true", "false"));
    }
    if (type.isEnum()) {
      Arrays.stream(type.getEnumConstants()).map(String::valueOf).forEach(allowed::add);
    }
    return name(argument)
        + " takes "
        + (allowed.isEmpty() ? "a whole number" : String.join(" or ", allowed))
        + ", not \""
        + ConnectorException.outside(value)
        + "\""
        + Suggestion.of(value, allowed)
        + ".";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String unmatched(UnmatchedArgumentException unmatched) {
    CommandLine command = unmatched.getCommandLine();
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
  int failure(Throwable e) {
    LOG.atError().setCause(e).log("command_failed");
    String message = Outcome.messageOf(e);
    List<String> lines =
        e instanceof ConfigException config && config.code().equals(WORKSPACE_FILE)
            ? Sentences.ofMistakes(message)
            : Sentences.of(message);
    lines.forEach(surroundings.console()::errorLine);
    if (!(e instanceof ConnectorException || e instanceof InterruptedException)) {
      keepTrace(e);
    }
    return ExitCode.of(e);
  }

  /** Commands but sync have no log; what nobody foresaw is kept for who is to mend it. */
  private void keepTrace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    try {
      Path file = Files.createTempFile("millrace-", ".log");
      Files.writeString(file, trace.toString());
      surroundings.console().errorLine("The details are in " + file);
    } catch (IOException unwritable) {
      surroundings.console().errorLine("The details could not be written anywhere.");
    }
  }

  private static String sentence(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.endsWith(".") ? line : line + ".";
  }
}
