package io.millrace.server.command;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.output.Console;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Everything of the outside that a command may touch.
 *
 * @param console stdout and stderr
 * @param stdin what is piped in
 * @param clock the only source of time
 * @param environment the variables of the process
 * @param currentDirectory the folder that relative paths of arguments count from
 * @param program how the user called the program, for commands that are printed
 * @param registry the connectors
 */
public record Surroundings(
    Console console,
    InputStream stdin,
    Clock clock,
    Map<String, String> environment,
    Path currentDirectory,
    String program,
    ConnectorRegistry registry) {
  /** The launcher says its own name here. */
  private static final String PROGRAM_PROPERTY = "millrace.program";

  /** Returns the surroundings of this process. */
  public static Surroundings ofThisProcess() {
    Map<String, String> environment = System.getenv();
    return new Surroundings(
        Console.ofThisProcess(environment),
        System.in,
        Clock.systemUTC(),
        environment,
        Path.of("").toAbsolutePath(),
        System.getProperty(PROGRAM_PROPERTY, CommandLineProgram.NAME),
        ConnectorRegistry.load());
  }

  /** Returns these surroundings with another console. */
  Surroundings withConsole(Console other) {
    return new Surroundings(other, stdin, clock, environment, currentDirectory, program, registry);
  }
}
