package io.millrace.server;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.output.Json;
import io.millrace.server.state.PathSafe;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.StreamName;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import org.slf4j.LoggerFactory;

/**
 * What takes long only at its first use in a process: calendars, JSON, the options of connectors. A
 * sync needs all of it before its first row, one after the other; so a thread of its own does it
 * while the command line is still being read.
 */
final class FirstUses implements Runnable {
  /** The command that is measured from its start to its end. */
  private static final String COMMAND = "sync";

  /** Classes whose initializers take long. */
  private static final List<String> CLASSES =
      List.of(
          "java.math.BigDecimal", "org.postgresql.Driver", "org.apache.arrow.memory.BaseAllocator");

  /** The name of its thread. */
  static final String THREAD = "first-uses";

  private final List<String> arguments;

  FirstUses(List<String> arguments) {
    this.arguments = arguments;
  }

  /** Begins, if these arguments are a sync's; nobody waits for its end. */
  static void begin(String... arguments) {
    if (arguments.length > 0 && arguments[0].equals(COMMAND)) {
      // Two threads must not meet at the log's first use: one of them would get a log that forgets.
      LoggerFactory.getLogger(FirstUses.class);
      Thread.ofPlatform().daemon().name(THREAD).start(new FirstUses(List.of(arguments)));
    }
  }

  @Override
  public void run() {
    var _ = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.US);
    Json.line(List.of(PathSafe.hash(COMMAND)));
    ConnectorRegistry.load().all().stream().filter(this::named).forEach(SecretFields::of);
    CLASSES.forEach(FirstUses::initialize);
    var _ = new GregorianCalendar();
    var _ = Set.of(new StreamName(null, COMMAND)).contains(new StreamName(null, COMMAND));
  }

  private boolean named(ConnectorDefinition<?> connector) {
    return arguments.stream()
        .anyMatch(
            argument ->
                argument.equals(connector.info().name())
                    || connector.uriForm().schemes().stream().anyMatch(argument::startsWith));
  }

  private static void initialize(String name) {
    try {
      Class.forName(name);
    } catch (ClassNotFoundException | LinkageError absent) {
      // Whoever needs it says so better.
    }
  }
}
