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

  private static Map<String, String> startTls(String value) {
    return Map.of("MILLRACE_SMTP_HOST", "mail.example", "MILLRACE_SMTP_STARTTLS", value);
  }
}
