package io.millrace.server.command;

import java.util.Arrays;
import java.util.Locale;

/** How a command shows what it does. */
enum OutputFormat {
  TEXT,
  JSON;

  /** Returns the name that users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Tells whether arguments that may not even parse ask for JSON. */
  static boolean jsonAskedFor(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i].toLowerCase(Locale.ROOT);
      if (argument.equals("--output=json")
          || (argument.equals("--output")
              && i + 1 < arguments.length
              && arguments[i + 1].equalsIgnoreCase("json"))) {
        return Arrays.asList(arguments).contains("sync");
      }
    }
    return false;
  }
}
