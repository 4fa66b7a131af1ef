package io.millrace.server.joblog;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * Sorts what is logged on the threads of an attempt into that attempt's log. A thread belongs to
 * the attempt whose numbers stand in its logging context (MDC) under {@link #JOB} and {@link
 * #ATTEMPT}.
 */
public final class JobLogAppender extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  /** The key of the job's number in the logging context. */
  public static final String JOB = "job";

  /** The key of the attempt's number in the logging context. */
  public static final String ATTEMPT = "attempt";

  private static final String CONNECTORS = "io.millrace.connectors.";

  private final JobLogs logs;
  private final UnaryOperator<String> mask;

  private JobLogAppender(JobLogs logs, UnaryOperator<String> mask) {
    this.logs = logs;
    this.mask = mask;
  }

  /**
   * Begins to sort.
   *
   * @param mask hides what is never written; called from any thread
   */
  public static JobLogAppender attach(JobLogs logs, UnaryOperator<String> mask) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    JobLogAppender appender = new JobLogAppender(logs, mask);
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    return appender;
  }

  @Override
  public void close() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAppender(this);
    stop();
  }

  @Override
  protected void append(ILoggingEvent event) {
    Map<String, String> context = event.getMDCPropertyMap();
    String job = context.get(JOB);
    String attempt = context.get(ATTEMPT);
    if (job != null && attempt != null) {
      logs.append(new AttemptKey(Long.parseLong(job), Integer.parseInt(attempt)), line(event));
    }
  }

  private LogLine line(ILoggingEvent event) {
    String stack =
        event.getThrowableProxy() == null
            ? null
            : mask.apply(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    return new LogLine(
        event.getInstant(),
        LogLine.Level.valueOf(event.getLevel().toString()),
        source(event.getLoggerName()),
        mask.apply(message(event)),
        event.getLoggerName(),
        event.getThreadName(),
        stack);
  }

  private static String message(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs == null || pairs.isEmpty()) {
      return event.getFormattedMessage();
    }
    StringBuilder text = new StringBuilder(event.getFormattedMessage());
    pairs.forEach(pair -> text.append(' ').append(pair.key).append('=').append(pair.value));
    return text.toString();
  }

  private static String source(String logger) {
    if (!logger.startsWith(CONNECTORS)) {
      return "platform";
    }
    return logger.toLowerCase(Locale.ROOT).contains("destination") ? "destination" : "source";
  }
}
