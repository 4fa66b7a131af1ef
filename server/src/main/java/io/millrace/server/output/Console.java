package io.millrace.server.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Stdout and stderr, in UTF-8 whatever the locale, and what is known of the terminal behind stdout.
 * Thread-safe.
 */
public final class Console {
  /**
   * The system property by which the launcher says how wide the terminal is; absent: no terminal.
   */
  public static final String COLUMNS_PROPERTY = "millrace.columns";

  private static final int COLUMNS_DEFAULT = 100;
  private static final int COLUMNS_MIN = 20;
  private static final int COLUMNS_MAX = 1000;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final boolean colour;
  private final int columns;

  private Console(PrintStream out, PrintStream err, boolean terminal, boolean colour, int columns) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.colour = colour;
    this.columns = columns;
  }

  /** Returns the console of this process. */
  public static Console ofThisProcess(Map<String, String> environment) {
    String given = System.getProperty(COLUMNS_PROPERTY, "");
    boolean terminal = !given.isEmpty() && !"dumb".equals(environment.get("TERM"));
    boolean colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Console(
        stream(FileDescriptor.out), stream(FileDescriptor.err), terminal, colour, width(given));
  }

  /** Returns a console without a terminal that writes to the streams. */
  public static Console plain(PrintStream out, PrintStream err) {
    return new Console(out, err, false, false, COLUMNS_DEFAULT);
  }

  /** Returns a console that takes its stream for a terminal of so many columns. */
  public static Console terminal(PrintStream out, PrintStream err, boolean colour, int columns) {
    return new Console(out, err, true, colour, columns);
  }

  /** Returns this console with everything for stdout going to stderr. */
  public Console onStderr() {
    return new Console(err, err, false, false, columns);
  }

  /** Returns stdout. Whoever writes parts of lines flushes. */
  public PrintStream out() {
    return out;
  }

  /** Returns stderr. */
  public PrintStream err() {
    return err;
  }

  /** Tells whether a person sees stdout at once and lines can be redrawn. */
  public boolean terminal() {
    return terminal;
  }

  /** Tells whether colours may be used. */
  public boolean colour() {
    return colour;
  }

  /** Returns the number of columns of the terminal, or a readable width without one. */
  public int columns() {
    return columns;
  }

  /** Prints a line to stdout at once. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints a line to stderr at once. */
  public void errorLine(String text) {
    out.flush();
    err.println(text);
    err.flush();
  }

  private static int width(String text) {
    try {
      int width = Integer.parseInt(text);
      return width < COLUMNS_MIN ? COLUMNS_DEFAULT : Math.min(width, COLUMNS_MAX);
    } catch (NumberFormatException e) {
      return COLUMNS_DEFAULT;
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
