package io.millrace.server.up;

import io.millrace.server.notification.NotificationSettings;
import io.millrace.spi.ConfigException;
import java.util.Map;

/** Reads the mail server from {@code MILLRACE_SMTP_HOST} and its companions. */
final class MailSettings {
  private static final String HOST = "MILLRACE_SMTP_HOST";
  private static final int PORT_DEFAULT = 587;
  private static final int PORT_MAX = 65_535;

  private MailSettings() {}

  static NotificationSettings notifications(Map<String, String> environment) {
    String host = environment.getOrDefault(HOST, "").strip();
    if (host.isEmpty()) {
      return NotificationSettings.DEFAULT;
    }
    String user = environment.getOrDefault("MILLRACE_SMTP_USERNAME", "");
    return NotificationSettings.DEFAULT.with(
        new NotificationSettings.Smtp(
            host,
            port(environment.getOrDefault("MILLRACE_SMTP_PORT", String.valueOf(PORT_DEFAULT))),
            startTls(environment.getOrDefault("MILLRACE_SMTP_STARTTLS", "true")),
            user.isEmpty() ? null : user,
            environment.get("MILLRACE_SMTP_PASSWORD"),
            environment.getOrDefault("MILLRACE_SMTP_FROM", "millrace@" + host)));
  }

  private static boolean startTls(String text) {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new ConfigException(
              "mail_server", "MILLRACE_SMTP_STARTTLS is \"" + text + "\"; expected true or false.");
    };
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text.strip());
      if (port > 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ConfigException(
        "mail_server", "MILLRACE_SMTP_PORT is \"" + text + "\"; expected a number up to 65535.");
  }
}
