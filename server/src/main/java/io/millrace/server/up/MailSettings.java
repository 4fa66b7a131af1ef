package io.millrace.server.up;

import io.millrace.server.environment.Variables;
import io.millrace.server.notification.NotificationSettings;
import java.util.Map;

/** Reads the mail server from {@code MILLRACE_SMTP_HOST} and its companions. */
final class MailSettings {
  private static final String HOST = "MILLRACE_SMTP_HOST";
  private static final int PORT_DEFAULT = 587;
  private static final int PORT_MAX = 65_535;

  private MailSettings() {}

  static NotificationSettings notifications(Map<String, String> environment) {
    Variables set = new Variables(environment);
    String host = set.text(HOST);
    if (host.isEmpty()) {
      return NotificationSettings.DEFAULT;
    }
    String from = set.text("MILLRACE_SMTP_FROM");
    String user = set.text("MILLRACE_SMTP_USERNAME");
    String password = environment.getOrDefault("MILLRACE_SMTP_PASSWORD", "");
    return NotificationSettings.DEFAULT.with(
        new NotificationSettings.Smtp(
            host,
            (int) set.number("MILLRACE_SMTP_PORT", PORT_DEFAULT, 1, PORT_MAX),
            set.flag("MILLRACE_SMTP_STARTTLS", true),
            user.isEmpty() ? null : user,
            password.isEmpty() ? null : password,
            from.isEmpty() ? "millrace@" + host : from));
  }
}
