package io.millrace.spi;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a sync will write of one stream.
 *
 * @param connectionId names the pipeline; with {@code stream} it identifies what belongs together
 *     from sync to sync
 * @param syncId grows by one with each sync of the connection; attempts of one sync share it
 * @param generationId the numbered life of the target's data; it grows with each overwrite
 * @param stream the name at the source
 * @param target a name that {@link Destination#identify} returned
 * @param schema the fields of every batch, metadata columns included
 * @param writeMode what happens to the rows already there
 * @param primaryKey names of fields of {@code schema}; non-null in every row; empty unless the mode
 *     dedups
 * @param cursorField the field whose largest value wins among rows of one key (ties: the row
 *     extracted last); null when extraction order alone decides
 */
public record LoadPlan(
    String connectionId,
    long syncId,
    long generationId,
    StreamName stream,
    TargetName target,
    Schema schema,
    WriteMode writeMode,
    List<String> primaryKey,
    @Nullable String cursorField) {
  public LoadPlan {
    primaryKey = List.copyOf(primaryKey);
  }
}
