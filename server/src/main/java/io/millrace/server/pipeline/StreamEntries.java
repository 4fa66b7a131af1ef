package io.millrace.server.pipeline;

import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamPattern;
import io.millrace.engine.StreamSelection;
import io.millrace.engine.mapper.Mapper;
import io.millrace.engine.mapper.MapperReader;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.spi.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code streams} and {@code defaults} of a pipeline file. */
final class StreamEntries {
  private static final String NAME = "name";
  private static final String NAMESPACE = "namespace";
  private static final String SYNC_MODE = "sync_mode";
  private static final String CURSOR_FIELD = "cursor_field";
  private static final String PRIMARY_KEY = "primary_key";
  private static final String COLUMNS = "columns";
  private static final String TARGET = "target";
  private static final String MAPPERS = "mappers";

  private final Mistakes mistakes;

  StreamEntries(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** Reads the list of streams; nothing stands for every stream. */
  List<StreamSelection> streams(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      mistakes.add("streams", "a list was expected, not " + Section.shown(value) + ".");
      return List.of();
    }
    if (list.isEmpty()) {
      mistakes.add("streams", "the list is empty; leave it out to sync every stream.");
    }
    List<StreamSelection> selections = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      StreamSelection selection = selection("streams[" + i + "]", list.get(i));
      if (selection != null) {
        selections.add(selection);
      }
    }
    return selections;
  }

  /** Reads the defaults. */
  StreamOptions defaults(@Nullable Object value) {
    if (value == null) {
      return StreamOptions.NONE;
    }
    Section section = Section.of(mistakes, "defaults", value);
    return section == null
        ? StreamOptions.NONE
        : options(section.allow(SYNC_MODE, CURSOR_FIELD, PRIMARY_KEY));
  }

  private @Nullable StreamSelection selection(String path, @Nullable Object value) {
    if (value instanceof String text && !text.isBlank()) {
      return new StreamSelection(StreamPattern.parse(text.strip()), StreamOptions.NONE);
    }
    Section section = Section.of(mistakes, path, value);
    if (section == null) {
      return null;
    }
    section.allow(NAME, NAMESPACE, SYNC_MODE, CURSOR_FIELD, PRIMARY_KEY, COLUMNS, TARGET, MAPPERS);
    StreamPattern pattern = pattern(section);
    StreamOptions options = options(section);
    return pattern == null ? null : new StreamSelection(pattern, options);
  }

  private @Nullable StreamPattern pattern(Section section) {
    Object value = section.value(NAME);
    if (value == null) {
      mistakes.add(section.path(NAME), "the name of the stream is missing.");
      return null;
    }
    if (Section.map(value) != null) {
      Section exact = Section.of(mistakes, section.path(NAME), value);
      return exact == null ? null : exactly(exact.allow(NAMESPACE, NAME));
    }
    if (section.has(NAMESPACE)) {
      return exactly(section);
    }
    String text = section.text(NAME);
    return text == null || text.isBlank() ? null : StreamPattern.parse(text.strip());
  }

  private @Nullable StreamPattern exactly(Section section) {
    String name = section.text(NAME);
    if (name == null || name.isEmpty()) {
      mistakes.add(section.path(NAME), "the name of the stream is missing.");
      return null;
    }
    return StreamPattern.exactly(new StreamName(section.text(NAMESPACE), name));
  }

  private StreamOptions options(Section section) {
    return new StreamOptions(
        mode(section),
        cursor(section),
        section.texts(PRIMARY_KEY),
        columns(section),
        section.text(TARGET),
        mappers(section));
  }

  private @Nullable List<Mapper> mappers(Section section) {
    Object value = section.value(MAPPERS);
    if (value == null) {
      return null;
    }
    MapperReader reader = new MapperReader();
    List<Mapper> read = reader.list("", value);
    for (ConfigProblem problem : reader.problems()) {
      mistakes.addAll(List.of(mistakes.place(section.path(MAPPERS)) + problem.line()));
    }
    return read;
  }

  private @Nullable SyncMode mode(Section section) {
    String text = section.text(SYNC_MODE);
    if (text == null) {
      return null;
    }
    SyncMode mode = SyncModes.find(text).orElse(null);
    if (mode == null) {
      mistakes.add(section.path(SYNC_MODE), SyncModes.unknown(text));
    }
    return mode;
  }

  private @Nullable String cursor(Section section) {
    if (section.value(CURSOR_FIELD) instanceof String text) {
      return text;
    }
    List<String> path = section.texts(CURSOR_FIELD);
    if (path == null || path.isEmpty()) {
      return null;
    }
    if (path.size() > 1) {
      mistakes.add(
          section.path(CURSOR_FIELD), "a cursor is one top-level field, not " + path.size() + ".");
    }
    return path.getFirst();
  }

  private @Nullable List<String> columns(Section section) {
    List<String> columns = section.texts(COLUMNS);
    if (columns != null && columns.isEmpty()) {
      mistakes.add(section.path(COLUMNS), "the list is empty; leave it out to sync every column.");
    }
    return columns;
  }
}
