package io.millrace.server.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;

/**
 * The log file of a pipeline or of the server, from its opening to its closing. It takes every line
 * of the process; it rolls at a size and keeps a few older files.
 */
public final class LogFile implements AutoCloseable {
  private static final long FILE_BYTES_MAX = 8L << 20;
  private static final int OLDER_FILES_MAX = 4;
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level [%thread] %logger{0} %msg %kvp%n%xEx{40}";

  private final Logger root;
  private final RollingFileAppender<ILoggingEvent> appender;

  private LogFile(Logger root, RollingFileAppender<ILoggingEvent> appender) {
    this.root = root;
    this.appender = appender;
  }

  /**
   * Opens a log; its folder is made when the first line comes.
   *
   * @param folder where it lies
   * @param name its name before {@code .log}
   * @param mask hides what is never written; called from any thread
   */
  public static LogFile open(Path folder, String name, UnaryOperator<String> mask) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LoggerContext context = root.getLoggerContext();
    Path file = folder.resolve(name + ".log");
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder(context, mask));
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(folder.resolve(name + ".%i.log").toString());
    rolling.setMinIndex(1);
    rolling.setMaxIndex(OLDER_FILES_MAX);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(FILE_BYTES_MAX));
    size.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(size);
    appender.start();
    root.addAppender(appender);
    return new LogFile(root, appender);
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }

  private static LayoutWrappingEncoder<ILoggingEvent> encoder(
      LoggerContext context, UnaryOperator<String> mask) {
    PatternLayout layout = new Masking(mask);
    layout.setContext(context);
    layout.setPattern(PATTERN);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }

  /** Writes lines as the pattern says, with secrets masked wherever they stand. */
  private static final class Masking extends PatternLayout {
    private final UnaryOperator<String> mask;

    Masking(UnaryOperator<String> mask) {
      this.mask = mask;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
      return mask.apply(super.doLayout(event));
    }
  }
}
