package io.millrace.server.notification;

import java.util.Locale;

/** What people may be told of. */
public enum Trigger {
  SYNC_SUCCESS("sendOnSuccess", "Sync completed"),
  SYNC_FAILURE("sendOnFailure", "Sync failure occurred"),
  SYNC_DISABLED("sendOnSyncDisabled", "Connection disabled"),
  SYNC_DISABLED_WARNING("sendOnSyncDisabledWarning", "Warning - repeated connection failures"),
  CONNECTION_UPDATE("sendOnConnectionUpdate", "Schema changes applied"),
  CONNECTION_UPDATE_ACTION_REQUIRED(
      "sendOnConnectionUpdateActionRequired", "Schema changes need your attention"),
  BREAKING_CHANGE_WARNING("sendOnBreakingChangeWarning", "Breaking change ahead"),
  BREAKING_CHANGE_SYNCS_DISABLED(
      "sendOnBreakingChangeSyncsDisabled", "Breaking change: syncs disabled"),
  CONNECTION_SYNC_QUEUED("sendOnConnectionSyncQueued", "Sync queued");

  private final String setting;
  private final String title;

  Trigger(String setting, String title) {
    this.setting = setting;
    this.title = title;
  }

  /** Returns its key in a workspace's {@code notificationSettings}. */
  public String setting() {
    return setting;
  }

  /** Returns how a message begins. */
  public String title() {
    return title;
  }

  /** Returns the API's name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
