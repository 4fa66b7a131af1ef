package io.millrace.server.up;

import io.millrace.server.environment.Variables;
import io.millrace.server.notification.NotificationSettings;
import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.Map;

/** Reads the mail server from {@code MILLRACE_SMTP_HOST} and its companions. */
final class MailSettings {
  private static final String HOST = "MILLRACE_SMTP_HOST";
  private static final String PORT = "MILLRACE_SMTP_PORT";
  private static final String STARTTLS = "MILLRACE_SMTP_STARTTLS";
  private static final String USERNAME = "MILLRACE_SMTP_USERNAME";
  private static final String PASSWORD = "MILLRACE_SMTP_PASSWORD";
  private static final String FROM = "MILLRACE_SMTP_FROM";
  private static final int PORT_DEFAULT = 587;
  private static final int PORT_MAX = 65_535;

  private MailSettings() {}

  static NotificationSettings notifications(Map<String, String> environment) {
    Variables set = new Variables(environment);
    String host = set.text(HOST);
    String from = set.text(FROM);
    String user = set.text(USERNAME);
    String password = environment.getOrDefault(PASSWORD, "");
    int port = (int) set.number(PORT, PORT_DEFAULT, 1, PORT_MAX);
    boolean startTls = set.flag(STARTTLS, true);
    if (host.isEmpty()) {
      refuseCompanions(environment);
      return NotificationSettings.DEFAULT;
    }
    return NotificationSettings.DEFAULT.with(
        new NotificationSettings.Smtp(
            host,
            port,
            startTls,
            user.isEmpty() ? null : user,
            password.isEmpty() ? null : password,
            from.isEmpty() ? "millrace@" + host : from));
  }

  /** Who sets one of them wants mail, and would get none. */
  private static void refuseCompanions(Map<String, String> environment) {
    for (String name : List.of(PORT, STARTTLS, USERNAME, PASSWORD, FROM)) {
      if (!environment.getOrDefault(name, "").isBlank()) {
        throw new ConfigException(
            "mail_server",
            name
                + " is set and "
                + HOST
                + " is not; expected the name of the mail server there, or neither.");
      }
    }
  }
}
