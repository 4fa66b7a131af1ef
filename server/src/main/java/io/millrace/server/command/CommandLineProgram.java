package io.millrace.server.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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

  /** Every command by its name, in the order of the help text. */
  private static final Map<String, Function<Surroundings, Object>> COMMANDS = commands();

  /** Commands that talk about the others. */
  private static final Set<String> ABOUT_COMMANDS = Set.of("completion", "help");

  private final Surroundings surroundings;

  /** Makes the program. */
  public CommandLineProgram(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs one command and returns the exit code for the process. */
  public int run(String... arguments) {
    int code;
    try {
      code = commandLine(arguments).execute(arguments);
    } catch (Error e) {
      code = new ErrorReport(surroundings).failure(e);
    }
    surroundings.console().out().flush();
    surroundings.console().err().flush();
    return code;
  }

  /** Returns the commands that these arguments need; without arguments every one. */
  CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(new RootCommand(surroundings));
    needed(arguments).forEach(name -> commandLine.addSubcommand(name, made(name)));
    ErrorReport errors = new ErrorReport(surroundings);
    commandLine.setParameterExceptionHandler(errors::usage);
    commandLine.setExecutionExceptionHandler((e, command, parsed) -> errors.failure(e));
    settings(commandLine);
    addHelp(commandLine);
    return commandLine;
  }

  private Object made(String name) {
    return Objects.requireNonNull(COMMANDS.get(name)).apply(surroundings);
  }

  /**
   * Returns the commands that these arguments need: mostly one. Reading the annotations of all of
   * them takes longer than most commands do.
   */
  private static Collection<String> needed(String... arguments) {
    boolean one =
        arguments.length > 0
            && COMMANDS.containsKey(arguments[0])
            && !ABOUT_COMMANDS.contains(arguments[0]);
    return one ? List.of(arguments[0]) : COMMANDS.keySet();
  }

  private static Map<String, Function<Surroundings, Object>> commands() {
    Map<String, Function<Surroundings, Object>> commands = new LinkedHashMap<>();
    commands.put("up", UpCommand::new);
    commands.put("sync", SyncCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("apply", ApplyCommand::new);
    commands.put("import", ImportCommand::new);
    commands.put("audit", AuditCommand::new);
    commands.put("connectors", ConnectorsCommand::new);
    commands.put("init", InitCommand::new);
    commands.put("query", QueryCommand::new);
    commands.put("state", StateCommand::new);
    commands.put("quarantine", QuarantineCommand::new);
    commands.put("backup", BackupCommand::new);
    commands.put("restore", RestoreCommand::new);
    commands.put("secrets", SecretsCommand::new);
    commands.put("spec", SpecCommand::new);
    commands.put("check", CheckCommand::new);
    commands.put("discover", DiscoverCommand::new);
    commands.put("read", ReadCommand::new);
    commands.put("write", WriteCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("version", VersionCommand::new);
    commands.put("help", HelpCommand::new);
    return Collections.unmodifiableMap(commands);
  }

  private static void addHelp(CommandLine command) {
    command.getCommandSpec().usageMessage().abbreviateSynopsis(true).sortOptions(false);
    command.getCommandSpec().addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
    command.getSubcommands().values().forEach(CommandLineProgram::addHelp);
  }

  private void settings(CommandLine commandLine) {
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
