package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MailSettingsTest {
  @Test
  void refusesWhatIsNeitherTrueNorFalse() {
    assertThatThrownBy(() -> MailSettings.notifications(startTls("maybe")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("MILLRACE_SMTP_STARTTLS is \"maybe\"; expected true or false.");
    assertThat(MailSettings.notifications(startTls("")).smtp()).matches(smtp -> smtp.startTls());
    assertThat(MailSettings.notifications(startTls("0")).smtp())
        .isNotNull()
        .matches(smtp -> !smtp.startTls() && smtp.port() == 587);
  }

  @Test
  void refusesCompanionsOfNoHost() {
    assertThatThrownBy(() -> MailSettings.notifications(Map.of("MILLRACE_SMTP_PORT", "many")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("MILLRACE_SMTP_PORT is \"many\"; expected a whole number");
    assertThatThrownBy(() -> MailSettings.notifications(Map.of("MILLRACE_SMTP_USERNAME", "me")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "MILLRACE_SMTP_USERNAME is set and MILLRACE_SMTP_HOST is not; expected the name of the"
                + " mail server there, or neither.");
    Map<String, String> empty = Map.of("MILLRACE_SMTP_HOST", "", "MILLRACE_SMTP_FROM", "");
    assertThat(MailSettings.notifications(empty).smtp()).isNull();
  }

  private static Map<String, String> startTls(String value) {
    return Map.of("MILLRACE_SMTP_HOST", "mail.example", "MILLRACE_SMTP_STARTTLS", value);
  }
}
