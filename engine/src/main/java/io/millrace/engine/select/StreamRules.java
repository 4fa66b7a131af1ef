package io.millrace.engine.select;

import io.millrace.engine.StreamOptions;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TableLayout;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Turns options into a configured stream and says what is wrong with it. Pure. */
final class StreamRules {
  private static final int NAMES_SHOWN_MAX = 20;

  private final DestinationTraits traits;

  StreamRules(DestinationTraits traits) {
    this.traits = traits;
  }

  ConfiguredStream configure(
      StreamDescriptor descriptor, StreamOptions options, SchemaChanges changes) {
    SyncMode mode = Objects.requireNonNullElse(options.mode(), SyncMode.FULL_REFRESH_OVERWRITE);
    List<String> key =
        mode.writeMode().dedups()
            ? Objects.requireNonNullElse(options.primaryKey(), descriptor.primaryKey())
            : List.of();
    List<String> columns =
        options.columns() != null ? options.columns() : changes.columns(descriptor);
    return new ConfiguredStream(
        descriptor.name(),
        columns,
        mode,
        cursorOf(descriptor, options, mode),
        key,
        traits.exactSystems());
  }

  private static @Nullable String cursorOf(
      StreamDescriptor descriptor, StreamOptions options, SyncMode mode) {
    boolean wanted = mode.incremental() && !descriptor.sourceDefinedCursor();
    if (options.cursorField() != null && (wanted || mode.writeMode().dedups())) {
      return options.cursorField();
    }
    if (wanted && !descriptor.cursorFields().isEmpty()) {
      return descriptor.cursorFields().getFirst();
    }
    return null;
  }

  @Nullable ConfigException problem(
      StreamDescriptor descriptor, ConfiguredStream stream, StreamOptions options) {
    Set<String> fields = fieldNames(descriptor);
    String name = descriptor.name().display();
    for (String column : stream.columns()) {
      if (!fields.contains(column)) {
        return missing("columns", column, name, fields);
      }
    }
    @Nullable String cursor =
        stream.cursorField() != null || !stream.mode().incremental()
            ? stream.cursorField()
            : options.cursorField();
    if (cursor != null && !fields.contains(cursor)) {
      return missing("cursor_field", cursor, name, fields);
    }
    for (String key : stream.primaryKey()) {
      if (!fields.contains(key)) {
        return missing("primary_key", key, name, fields);
      }
    }
    @Nullable ConfigException problem = modeProblem(descriptor, stream, options);
    return problem == null
        ? MapperFit.problem(
            stream, Objects.requireNonNullElse(options.mappers(), List.of()), traits)
        : problem;
  }

  private @Nullable ConfigException modeProblem(
      StreamDescriptor descriptor, ConfiguredStream stream, StreamOptions options) {
    String name = descriptor.name().display();
    SyncMode mode = stream.mode();
    if (!traits.writeModes().contains(mode.writeMode())) {
      return new ConfigException(
          "mode_unsupported",
          "The destination cannot write stream "
              + name
              + " with sync_mode "
              + mode.label()
              + ". It can: "
              + supported()
              + ".");
    }
    if (mode.writeMode().dedups() && traits.layout() == TableLayout.RAW) {
      return new ConfigException(
          "mode_unsupported",
          "The raw layout keeps every row, so stream "
              + name
              + " cannot use sync_mode "
              + mode.label()
              + ". Choose the typed layout, or an append or overwrite mode.");
    }
    if (mode.writeMode().dedups() && stream.primaryKey().isEmpty()) {
      return new ConfigException(
          "primary_key_missing",
          "Stream "
              + name
              + " has no primary key of its own, and sync_mode "
              + mode.label()
              + " needs one. Name its columns in primary_key.");
    }
    if (mode.incremental() && !descriptor.incremental()) {
      return new ConfigException(
          "mode_unsupported",
          "Stream " + name + " cannot be read incrementally; choose a full_refresh sync_mode.");
    }
    return keyOrCursorProblem(descriptor, stream, options);
  }

  private static @Nullable ConfigException keyOrCursorProblem(
      StreamDescriptor descriptor, ConfiguredStream stream, StreamOptions options) {
    String name = descriptor.name().display();
    if (stream.mode().incremental()
        && stream.cursorField() == null
        && !descriptor.sourceDefinedCursor()) {
      return new ConfigException(
          "cursor_missing",
          "Stream "
              + name
              + " has no column that could be its cursor. Name one in cursor_field, or"
              + " choose a full_refresh sync_mode.");
    }
    for (String needed : stream.primaryKey()) {
      if (!stream.columns().contains(needed)) {
        return notSelected("primary_key", needed, name);
      }
    }
    if (options.cursorField() != null
        && stream.cursorField() != null
        && !stream.columns().contains(stream.cursorField())) {
      return notSelected("cursor_field", stream.cursorField(), name);
    }
    return null;
  }

  private static ConfigException notSelected(String what, String column, String stream) {
    return new ConfigException(
        "column_not_selected",
        "The "
            + what
            + " "
            + column
            + " of stream "
            + stream
            + " is not among its columns. Add it"
            + " there.");
  }

  private static ConfigException missing(
      String what, String column, String stream, Set<String> fields) {
    String offered =
        fields.stream().limit(NAMES_SHOWN_MAX).collect(Collectors.joining(", "))
            + (fields.size() > NAMES_SHOWN_MAX ? ", ..." : "");
    return new ConfigException(
        what.equals("columns") ? "column_missing" : what + "_missing",
        "Stream "
            + stream
            + " has no column "
            + column
            + ", which stands in its "
            + what
            + ". It has: "
            + offered
            + ".");
  }

  private String supported() {
    return Arrays.stream(SyncMode.values())
        .filter(mode -> traits.writeModes().contains(mode.writeMode()))
        .map(SyncMode::label)
        .collect(Collectors.joining(", "));
  }

  private static Set<String> fieldNames(StreamDescriptor descriptor) {
    return descriptor.schema().getFields().stream()
        .map(Field::getName)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
