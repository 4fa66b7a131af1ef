package io.millrace.server.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The whole command line: every command, wired by hand. */
public final class CommandLineProgram {
  /** What the program is called. */
  public static final String NAME = "millrace";

  private static final List<String> HELP_SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          UsageMessageSpec.SECTION_KEY_FOOTER,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST);

  private final Surroundings surroundings;
  private final CommandLine commandLine;

  /** Makes the program. */
  public CommandLineProgram(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.commandLine = commands(surroundings);
    ErrorReport errors = new ErrorReport(surroundings);
    commandLine.setParameterExceptionHandler(errors::usage);
    commandLine.setExecutionExceptionHandler((e, command, parsed) -> errors.failure(e, parsed));
    settings();
    addHelp(commandLine);
  }

  /** Runs one command and returns the exit code for the process. */
  public int run(String... arguments) {
    int code = commandLine.execute(arguments);
    surroundings.console().out().flush();
    surroundings.console().err().flush();
    return code;
  }

  /** Returns the commands, for completion and documents. */
  CommandLine commands() {
    return commandLine;
  }

  private static CommandLine commands(Surroundings surroundings) {
    return new CommandLine(new RootCommand(surroundings))
        .addSubcommand(new SyncCommand(surroundings))
        .addSubcommand(new PlanCommand(surroundings))
        .addSubcommand(new ConnectorsCommand(surroundings))
        .addSubcommand(new InitCommand(surroundings))
        .addSubcommand(new QueryCommand(surroundings))
        .addSubcommand(new StateCommand(surroundings))
        .addSubcommand(new QuarantineCommand(surroundings))
        .addSubcommand(new SpecCommand(surroundings))
        .addSubcommand(new CheckCommand(surroundings))
        .addSubcommand(new DiscoverCommand(surroundings))
        .addSubcommand(new ReadCommand(surroundings))
        .addSubcommand(new WriteCommand(surroundings))
        .addSubcommand(new CompletionCommand(surroundings))
        .addSubcommand(new VersionCommand(surroundings))
        .addSubcommand(new HelpCommand(surroundings));
  }

  private static void addHelp(CommandLine command) {
    command.getCommandSpec().addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
    command.getSubcommands().values().forEach(CommandLineProgram::addHelp);
  }

  private void settings() {
    boolean colour = surroundings.console().colour();
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF));
    commandLine.setOut(new PrintWriter(surroundings.console().out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(surroundings.console().err(), true, StandardCharsets.UTF_8));
    commandLine.setUsageHelpWidth(Math.clamp(surroundings.console().columns(), 60, 110));
    commandLine.setHelpSectionKeys(HELP_SECTIONS);
    commandLine.setExpandAtFiles(false);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
  }
}
