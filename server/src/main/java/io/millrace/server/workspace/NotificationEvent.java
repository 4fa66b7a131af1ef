package io.millrace.server.workspace;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a workspace can be told of, with the names that the two APIs give it. */
public enum NotificationEvent {
  SYNC_SUCCESS("sendOnSuccess", "success", false),
  SYNC_FAILURE("sendOnFailure", "failure", true),
  SYNC_DISABLED("sendOnSyncDisabled", "syncDisabled", true),
  SYNC_DISABLED_WARNING("sendOnSyncDisabledWarning", "syncDisabledWarning", true),
  CONNECTION_UPDATE("sendOnConnectionUpdate", "connectionUpdate", true),
  CONNECTION_UPDATE_ACTION_REQUIRED(
      "sendOnConnectionUpdateActionRequired", "connectionUpdateActionRequired", true),
  BREAKING_CHANGE_WARNING("sendOnBreakingChangeWarning", null, true),
  BREAKING_CHANGE_SYNCS_DISABLED("sendOnBreakingChangeSyncsDisabled", null, true),
  CONNECTION_SYNC_QUEUED("sendOnConnectionSyncQueued", null, false);

  private final String settingsKey;
  private final Optional<String> publicKey;
  private final boolean byMail;

  NotificationEvent(String settingsKey, @Nullable String publicKey, boolean byMail) {
    this.settingsKey = settingsKey;
    this.publicKey = Optional.ofNullable(publicKey);
    this.byMail = byMail;
  }

  /** Returns its key in {@code notificationSettings}. */
  public String settingsKey() {
    return settingsKey;
  }

  /** Returns its key in the public API's {@code notifications}; empty where that has none. */
  Optional<String> publicKey() {
    return publicKey;
  }

  /** Tells whether it is mailed unless somebody said otherwise. */
  boolean byMail() {
    return byMail;
  }
}
