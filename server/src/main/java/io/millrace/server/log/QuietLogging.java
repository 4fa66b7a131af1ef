package io.millrace.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/** Configures Logback in code: no output until {@link LogFile} adds a file. Found by Logback. */
public final class QuietLogging extends ContextAwareBase implements Configurator {
  private static final List<String> CHATTY =
      List.of("org.apache.arrow", "org.apache.sshd", "org.postgresql", "software.amazon.awssdk");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.detachAndStopAllAppenders();
    CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
