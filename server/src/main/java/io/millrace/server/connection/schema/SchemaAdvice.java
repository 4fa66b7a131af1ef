package io.millrace.server.connection.schema;

import io.millrace.server.connection.StreamJson;
import java.util.ArrayList;
import java.util.List;

/** Says what to do about a change that has switched a connection off. Pure. */
public final class SchemaAdvice {
  private static final int NAMED_MAX = 3;

  private static final String OF_ANY =
      "The source's schema has changed and the connection was switched off, as its"
          + " nonBreakingChangesPreference (disable) says. Look at the change, then switch the"
          + " connection on again: that accepts it, and only another change switches it off anew.";

  private SchemaAdvice() {}

  /**
   * Returns the sentences.
   *
   * @param change one with a reason for which the connection was switched off
   */
  public static String of(SchemaChange change) {
    return change.breaking() ? ofBreaking(change.diff()) : OF_ANY;
  }

  private static String ofBreaking(SchemaDiff diff) {
    List<String> losses =
        diff.transforms().stream()
            .filter(SchemaTransform.Updated.class::isInstance)
            .map(SchemaTransform.Updated.class::cast)
            .filter(SchemaTransform::breaking)
            .map(SchemaAdvice::loss)
            .toList();
    String more =
        losses.size() > NAMED_MAX ? " and " + (losses.size() - NAMED_MAX) + " more streams" : "";
    return "The source's schema has changed so that the connection cannot sync as configured, and it"
        + " was switched off: "
        + String.join("; ", losses.subList(0, Math.min(losses.size(), NAMED_MAX)))
        + more
        + ". Save the connection with another cursor or key for what is named, or undo the change"
        + " at the source; then switch the connection on again. Until then every sync switches it"
        + " off.";
  }

  private static String loss(SchemaTransform.Updated updated) {
    List<String> parts = new ArrayList<>();
    updated.fields().stream()
        .filter(SchemaTransform.Field::breaking)
        .map(
            field ->
                "has lost " + String.join(".", field.path()) + ", which its cursor or key needs")
        .forEach(parts::add);
    updated.keys().stream()
        .filter(SchemaTransform.Key::breaking)
        .map(key -> "has another key at the source (" + fields(key) + ")")
        .forEach(parts::add);
    return "stream " + updated.stream().display() + " " + String.join(" and ", parts);
  }

  private static String fields(SchemaTransform.Key key) {
    return String.join(
        ", ", StreamJson.paths(key.after()).stream().map(path -> String.join(".", path)).toList());
  }
}
