package io.millrace.engine;

import io.millrace.engine.mapper.Mapper;
import io.millrace.spi.SyncMode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is synced; null means: not said here.
 *
 * @param mode how it is read and written; full_refresh_overwrite where nobody says
 * @param cursorField the field that orders changes; the source's best where nobody says
 * @param primaryKey the fields that identify a row; the source's own where nobody says
 * @param columns the fields to read; all where nobody says
 * @param target the name at the destination; the stream's own where nobody says
 * @param mappers what its fields and rows pass on their way, in order; none where nobody says
 */
public record StreamOptions(
    @Nullable SyncMode mode,
    @Nullable String cursorField,
    @Nullable List<String> primaryKey,
    @Nullable List<String> columns,
    @Nullable String target,
    @Nullable List<Mapper> mappers) {
  /** Says nothing. */
  public static final StreamOptions NONE = new StreamOptions(null, null, null, null, null);

  /** Makes options that say nothing of mappers. */
  public StreamOptions(
      @Nullable SyncMode mode,
      @Nullable String cursorField,
      @Nullable List<String> primaryKey,
      @Nullable List<String> columns,
      @Nullable String target) {
    this(mode, cursorField, primaryKey, columns, target, null);
  }

  /** Returns these options with mappers. */
  public StreamOptions with(@Nullable List<Mapper> newMappers) {
    return new StreamOptions(mode, cursorField, primaryKey, columns, target, newMappers);
  }

  /**
   * Returns these options for a stream whose target is to be emptied: a full refresh that
   * overwrites, of the fields that are known. A key or cursor that is none of them has no meaning.
   */
  StreamOptions emptying(Schema known) {
    Set<String> fields = known.getFields().stream().map(Field::getName).collect(Collectors.toSet());
    boolean dedups =
        mode != null
            && mode.writeMode().dedups()
            && primaryKey != null
            && fields.containsAll(primaryKey)
            && (cursorField == null || fields.contains(cursorField));
    return new StreamOptions(
        dedups ? SyncMode.FULL_REFRESH_OVERWRITE_DEDUP : SyncMode.FULL_REFRESH_OVERWRITE,
        dedups ? cursorField : null,
        dedups ? primaryKey : null,
        columns != null && fields.containsAll(columns) ? columns : null,
        target,
        mappers);
  }

  /** Returns these options, with {@code fallback} for what they do not say. */
  public StreamOptions or(StreamOptions fallback) {
    return new StreamOptions(
        mode != null ? mode : fallback.mode,
        cursorField != null ? cursorField : fallback.cursorField,
        primaryKey != null ? primaryKey : fallback.primaryKey,
        columns != null ? columns : fallback.columns,
        target != null ? target : fallback.target,
        mappers != null ? mappers : fallback.mappers);
  }
}
