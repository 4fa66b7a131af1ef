package io.millrace.server.secret;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.slf4j.LoggerFactory;

/**
 * Looks for secrets in everything that a program leaves behind: files (also compressed ones), rows
 * of the store, answers, and every log line from {@link #begin} on, as they are and in the
 * encodings that hide them from a plain search.
 *
 * <pre>{@code
 * try (SecretHunt hunt = SecretHunt.begin("the password", "the key")) {
 *   ... run something ...
 *   hunt.lookIn(dataDirectory);
 *   hunt.lookAt("answers", client.answers());
 *   assertThat(hunt.findings()).isEmpty();
 * }
 * }</pre>
 */
public final class SecretHunt implements AutoCloseable {
  private final Map<String, String> traces = new LinkedHashMap<>();
  private final List<String> findings = new ArrayList<>();
  private final Lines lines = new Lines();

  private SecretHunt(String... secrets) {
    for (int i = 0; i < secrets.length; i++) {
      byte[] bytes = secrets[i].getBytes(StandardCharsets.UTF_8);
      String name = "secret " + (i + 1);
      traces.put(name, secrets[i]);
      traces.put(name + " as base64", Base64.getEncoder().withoutPadding().encodeToString(bytes));
      traces.put(name + " in a URL", URLEncoder.encode(secrets[i], StandardCharsets.UTF_8));
      traces.put(
          name + " in a form",
          URLEncoder.encode(secrets[i], StandardCharsets.UTF_8).replace("+", "%20"));
    }
    root().addAppender(lines);
    lines.start();
  }

  /** Begins to listen to the log. */
  public static SecretHunt begin(String... secrets) {
    return new SecretHunt(secrets);
  }

  /** Looks at texts. */
  public SecretHunt lookAt(String place, List<String> texts) {
    texts.forEach(text -> look(place, text));
    return this;
  }

  /** Looks into every file of a folder. */
  public SecretHunt lookIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        look(file.toString(), text(file));
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks into every row of every table. */
  public SecretHunt lookIn(Database database) {
    String tables =
        database.dialect() == Dialect.SQLITE
            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
    database.read(
        tx -> {
          for (String table : tx.createQuery(tables).mapTo(String.class).list()) {
            String rows = tx.createQuery("SELECT * FROM \"" + table + "\"").mapToMap().list() + "";
            look("table " + table, rows);
          }
          return true;
        });
    return this;
  }

  /** Returns what was found, and where; the log is looked at now. */
  public List<String> findings() {
    lines.all.forEach(line -> look("log", line));
    return List.copyOf(findings);
  }

  @Override
  public void close() {
    root().detachAppender(lines);
    lines.stop();
  }

  private void look(String place, String text) {
    traces.forEach(
        (name, trace) -> {
          if (text.contains(trace)) {
            findings.add(name + " in " + place);
          }
        });
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final Queue<String> all = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      IThrowableProxy cause = event.getThrowableProxy();
      all.add(
          event.getFormattedMessage()
              + " "
              + event.getKeyValuePairs()
              + (cause == null ? "" : "\n" + ThrowableProxyUtil.asString(cause)));
    }
  }
}
