package io.millrace.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes a completion script for fish from the commands' own description. */
final class FishCompletion {
  private static final String SEEN = "__fish_seen_subcommand_from ";

  private FishCompletion() {}

  /** Returns the script. */
  static String script(CommandSpec root) {
    List<String> lines = new ArrayList<>();
    lines.add("# fish completion for " + root.name());
    for (Map.Entry<String, CommandLine> entry : root.subcommands().entrySet()) {
      CommandSpec command = entry.getValue().getCommandSpec();
      lines.add(line("__fish_use_subcommand", "-f -a " + entry.getKey(), description(command)));
      command(lines, SEEN + entry.getKey(), command);
    }
    return String.join(System.lineSeparator(), lines);
  }

  /** Adds what may come behind a command, and behind those within it. */
  private static void command(List<String> lines, String condition, CommandSpec command) {
    for (OptionSpec option : command.options()) {
      for (String spelling : option.names()) {
        String flag =
            spelling.startsWith("--")
                ? "-l " + spelling.substring(2)
                : "-s " + spelling.substring(1);
        lines.add(line(condition, flag + argument(option), first(option.description())));
      }
    }
    for (PositionalParamSpec place : command.positionalParameters()) {
      if (place.completionCandidates() != null) {
        lines.add(line(condition, "-f" + values(place), first(place.description())));
      }
    }
    String none =
        condition + "; and not " + SEEN + String.join(" ", command.subcommands().keySet());
    command
        .subcommands()
        .forEach(
            (name, inner) -> {
              CommandSpec spec = inner.getCommandSpec();
              lines.add(line(none, "-f -a " + name, description(spec)));
              command(lines, condition + "; and " + SEEN + name, spec);
            });
  }

  private static String argument(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    return option.completionCandidates() == null ? " -r" : " -x" + values(option);
  }

  /** Returns the flag with what an argument may be, if that is known. */
  private static String values(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    return candidates == null ? "" : " -a '" + String.join(" ", candidates) + "'";
  }

  private static String line(String condition, String what, String description) {
    return "complete -c "
        + CommandLineProgram.NAME
        + " -n '"
        + condition
        + "' "
        + what
        + " -d '"
        + description.replace("\\", "\\\\").replace("'", "\\'")
        + "'";
  }

  private static String description(CommandSpec command) {
    return first(command.usageMessage().description());
  }

  private static String first(String[] lines) {
    return lines.length == 0 ? "" : lines[0];
  }
}
