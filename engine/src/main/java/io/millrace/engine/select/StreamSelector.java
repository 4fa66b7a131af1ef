package io.millrace.engine.select;

import io.millrace.engine.StreamMemory;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamPattern;
import io.millrace.engine.StreamSelection;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.SyncStore;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.Notice;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.TargetName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Finds the streams that a spec asks for. Used once, by one thread. */
public final class StreamSelector {
  private static final int NAMES_SHOWN_MAX = 10;

  private final SyncSpec spec;
  private final SyncStore store;
  private final StreamRules rules;
  private final DestinationTraits traits;
  private final TargetNamer namer;
  private final List<Notice> notices = new ArrayList<>();

  /** Makes a selector for a spec, whose destination is open. */
  public StreamSelector(SyncSpec spec, SyncStore store, Destination destination) {
    this.spec = spec;
    this.store = store;
    this.traits = destination.traits();
    this.rules = new StreamRules(traits);
    this.namer = new TargetNamer(spec, destination, notices);
  }

  /**
   * Discovers the source's streams and returns the selected ones in the order of their names. What
   * is wrong with a stream that was named exactly ends the sync before it begins, unless it is
   * {@linkplain StreamSelection#seen known to have been there}; what is wrong with that, or with
   * one that merely matches a pattern, is that stream's problem, and so is what the spec itself
   * says of a stream: those that are not read come last.
   *
   * @throws ConfigException when a stream that is named, or one of its fields, does not exist, or
   *     when nothing is selected
   */
  public Selection select(Source source) throws InterruptedException {
    List<Match> found = new ArrayList<>();
    Set<StreamPattern> unmatched = new LinkedHashSet<>();
    spec.streams().stream()
        .filter(selection -> selection.problem() == null)
        .map(StreamSelection::pattern)
        .forEach(unmatched::add);
    List<String> seen = new ArrayList<>();
    source.discover(
        descriptor -> {
          if (seen.size() < NAMES_SHOWN_MAX) {
            seen.add(descriptor.name().display());
          }
          @Nullable StreamSelection selection = selectionOf(descriptor, unmatched);
          if (selection == null || selection.problem() != null) {
            return;
          }
          if (descriptor.hasFields()) {
            found.add(new Match(descriptor, selection));
          } else {
            notices.add(withoutFields(descriptor));
          }
        });
    List<SelectedStream> failing = failing(unmatched);
    refuseUnmatched(unmatched, seen);
    List<SelectedStream> streams = configure(found);
    streams.addAll(failing);
    if (found.isEmpty() && streams.isEmpty() && notices.isEmpty()) {
      throw new ConfigException(
          "no_streams",
          "The source has no stream to sync. Check its schemas or path and the user's rights.");
    }
    return new Selection(namer.assign(streams, store), notices);
  }

  /**
   * Returns the streams that are not read; those of them that were seen are no longer unmatched.
   */
  private List<SelectedStream> failing(Set<StreamPattern> unmatched) {
    List<SelectedStream> failing = new ArrayList<>();
    for (StreamSelection selection : spec.streams()) {
      @Nullable ConfigException problem = selection.problem();
      @Nullable ConfigException whenGone = selection.whenGone();
      if (problem != null) {
        failing.add(failing(selection, problem));
      } else if (whenGone != null && unmatched.remove(selection.pattern())) {
        failing.add(failing(selection, whenGone));
      }
    }
    return failing;
  }

  /** It keeps its target from the others, though the source may not have it. */
  private SelectedStream failing(StreamSelection selection, ConfigException problem) {
    StreamName name = Objects.requireNonNull(selection.pattern().stream());
    StreamDescriptor unknown =
        new StreamDescriptor(
            name, new Schema(List.of()), List.of(), List.of(), false, false, -1, -1);
    StreamOptions options = selection.options().or(spec.defaults());
    ConfiguredStream stream =
        rules.configure(unknown, options, new SchemaChanges(spec.schemaChanges(), null));
    return selected(unknown, stream, options, problem);
  }

  private static Notice withoutFields(StreamDescriptor descriptor) {
    return new Notice(
        "stream_without_columns",
        descriptor.name(),
        "Stream "
            + descriptor.name().display()
            + " has no columns, so there is nothing to carry; it is left out.");
  }

  private @Nullable StreamSelection selectionOf(
      StreamDescriptor descriptor, Set<StreamPattern> unmatched) {
    if (spec.streams().isEmpty()) {
      return new StreamSelection(StreamPattern.parse("*"), StreamOptions.NONE);
    }
    // An entry whose streams all belong to earlier ones is not missing.
    unmatched.removeIf(pattern -> pattern.matches(descriptor.name()));
    return spec.streams().stream()
        .filter(selection -> selection.pattern().matches(descriptor.name()))
        .findFirst()
        .orElse(null);
  }

  private static void refuseUnmatched(Set<StreamPattern> unmatched, List<String> seen) {
    if (unmatched.isEmpty()) {
      return;
    }
    String missing = String.join(", ", unmatched.stream().map(StreamPattern::toString).toList());
    String offered =
        seen.isEmpty()
            ? "It has none that this user can see."
            : "It has: "
                + String.join(", ", seen)
                + (seen.size() < NAMES_SHOWN_MAX ? "." : ", ...");
    throw new ConfigException(
        "stream_missing", "The source has no stream " + missing + ". " + offered);
  }

  /** A stream of the source, and what was said about it. */
  private record Match(StreamDescriptor stream, StreamSelection selection) {}

  private List<SelectedStream> configure(List<Match> found) {
    boolean synced = !store.streams().isEmpty();
    List<SelectedStream> streams = new ArrayList<>();
    for (Match match : found) {
      @Nullable SelectedStream stream = configure(match.stream(), match.selection(), synced);
      if (stream != null) {
        streams.add(stream);
      }
    }
    return streams;
  }

  private @Nullable SelectedStream configure(
      StreamDescriptor descriptor, StreamSelection selection, boolean synced) {
    StreamOptions options = selection.options().or(spec.defaults());
    SchemaChanges changes =
        new SchemaChanges(spec.schemaChanges(), store.stream(descriptor.name()));
    boolean named = selection.pattern().exact();
    if (synced && !named && changes.leavesOutNewStream()) {
      return null;
    }
    ConfiguredStream stream = rules.configure(descriptor, options, changes);
    @Nullable ConfigException problem = rules.problem(descriptor, stream, options);
    if (problem != null && named && selection.whenGone() == null) {
      throw problem;
    }
    if (problem == null) {
      problem = changes.problem(descriptor, stream.columns(), synced && !named);
    }
    if (problem == null) {
      noteChosenCursor(stream, options);
    }
    return selected(descriptor, stream, options, problem);
  }

  private SelectedStream selected(
      StreamDescriptor descriptor,
      ConfiguredStream stream,
      StreamOptions options,
      @Nullable ConfigException problem) {
    TargetName wanted = namer.wanted(descriptor.name(), options.target(), traits);
    return new SelectedStream(
        descriptor,
        stream,
        Objects.requireNonNullElse(options.mappers(), List.of()),
        wanted,
        wanted,
        problem,
        replacement(descriptor.name()));
  }

  private Replacement replacement(StreamName stream) {
    if (spec.emptying()) {
      return Replacement.CLEAR;
    }
    if (Replacement.afterClear(store.stream(stream))) {
      return Replacement.AFTER_CLEAR;
    }
    return spec.replaced().test(stream) ? Replacement.REFRESH : Replacement.NONE;
  }

  /** Until the stream has a state, its user is told which column was chosen for want of a word. */
  private void noteChosenCursor(ConfiguredStream stream, StreamOptions options) {
    @Nullable StreamMemory memory = store.stream(stream.name());
    if (stream.cursorField() == null
        || options.cursorField() != null
        || (memory != null && memory.state() != null)) {
      return;
    }
    notices.add(
        new Notice(
            "cursor_chosen",
            stream.name(),
            "Stream "
                + stream.name().display()
                + " has no cursor_field, so its new rows will be known by column "
                + stream.cursorField()
                + ". Name cursor_field to keep that or to choose another."));
  }
}
