package io.millrace.server.notification;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Routes;
import io.millrace.spi.ConnectorException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls that send a test message. */
public final class NotificationEndpoints {
  private enum Way {
    SLACK,
    CUSTOMERIO
  }

  private static final long SAMPLE_SECONDS = 125;

  private final Notifications notifications;
  private final Clock clock;

  /** Makes them. */
  public NotificationEndpoints(Notifications notifications, Clock clock) {
    this.notifications = notifications;
    this.clock = clock;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .config(Access.EDIT, "/notifications/try_webhook", this::tryWebhook)
        .config(Access.EDIT, "/notifications/try", this::tryOld)
        .config(Access.EDIT, "/notifications/try_email", this::tryEmail);
  }

  private Answer tryWebhook(Call call) throws InterruptedException {
    Body body = call.body();
    String url = body.object("slackConfiguration").textOrNull("webhook");
    Trigger trigger = body.choice("notificationTrigger", Trigger.SYNC_FAILURE);
    body.check();
    return answer(() -> notifications.test(required(url), sample(trigger)));
  }

  private Answer tryOld(Call call) throws InterruptedException {
    Body body = call.body();
    Body slack = body.objectOrNull("slackConfiguration");
    String url = slack == null ? null : slack.textOrNull("webhook");
    body.choiceOrNull("notificationType", Way.class);
    body.check();
    return answer(() -> notifications.test(required(url), sample(Trigger.SYNC_FAILURE)));
  }

  private Answer tryEmail(Call call) throws InterruptedException {
    Body body = call.body();
    String address = body.text("email");
    Trigger trigger = body.choice("notificationTrigger", Trigger.SYNC_FAILURE);
    body.check();
    return answer(() -> notifications.testMail(address, sample(trigger)));
  }

  private static Answer answer(Sending sending) throws InterruptedException {
    try {
      sending.send();
      return Answer.ok(Map.of("status", "succeeded"));
    } catch (ConnectorException e) {
      return Answer.ok(Map.of("status", "failed", "message", e.userMessage()));
    }
  }

  private static String required(@Nullable String url) {
    if (url == null || url.isBlank()) {
      throw ApiException.typed(
          Fault.BAD_REQUEST,
          "error:notification/config/missing-url",
          "slackConfiguration.webhook is missing; expected the URL that messages go to.",
          Map.of());
    }
    return url;
  }

  private Message sample(Trigger trigger) {
    Instant now = clock.instant();
    boolean failure = trigger != Trigger.SYNC_SUCCESS;
    JobFacts job =
        new JobFacts(
            42,
            !failure,
            now.minusSeconds(SAMPLE_SECONDS),
            now,
            1_000,
            12L << 20,
            failure ? 600 : 1_000,
            failure ? 7L << 20 : 12L << 20,
            0,
            failure
                ? new JobFacts.Failure(
                    "The sample source was switched off in the middle.", "system_error", "source")
                : null);
    String id = "00000000-0000-0000-0000-000000000000";
    return new Message(
        trigger,
        new Named(id, "Sample workspace", null),
        new Named(id, "Sample connection", null),
        new Named(id, "Sample source", null),
        new Named(id, "Sample destination", null),
        job,
        List.of());
  }

  @FunctionalInterface
  private interface Sending {
    void send() throws InterruptedException;
  }
}
