package io.millrace.server.pipeline;

import io.millrace.spi.ConnectorException;
import io.millrace.spi.SyncMode;
import io.millrace.spi.config.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sync modes by the names that users type. */
final class SyncModes {
  private static final List<String> LABELS =
      Arrays.stream(SyncMode.values()).map(SyncMode::label).toList();

  private SyncModes() {}

  /** Returns the mode; hyphens count as underscores and case does not matter. */
  static Optional<SyncMode> find(String text) {
    String label = text.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(SyncMode.values()).filter(m -> m.label().equals(label)).findFirst();
  }

  /** Returns the sentence for a text that is no mode. */
  static String unknown(String text) {
    return "there is no sync mode \""
        + ConnectorException.outside(text)
        + "\""
        + Suggestion.of(text, LABELS)
        + "; known are "
        + String.join(", ", LABELS)
        + ".";
  }
}
