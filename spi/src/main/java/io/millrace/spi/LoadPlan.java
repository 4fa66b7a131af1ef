package io.millrace.spi;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a sync will write of one stream.
 *
 * @param connectionId names the pipeline; with {@code stream} it identifies what belongs together
 *     from sync to sync
 * @param syncId grows by one with each sync of the connection; attempts of one sync share it. What
 *     was loaded is known by it; what rows name as their sync may be another number
 * @param generationId the numbered life of the target's data: 0, and one more with each read of
 *     everything
 * @param stream the name at the source
 * @param target a name that {@link Destination#identify} returned
 * @param schema the fields of every batch, metadata columns included
 * @param writeMode what happens to the rows already there
 * @param primaryKey names of fields of {@code schema}; non-null in every row; empty unless the mode
 *     dedups
 * @param cursorField the field whose largest value wins among rows of one key (ties: the row
 *     extracted last); null when extraction order alone decides
 * @param constants fields of {@code schema} that have one and the same value, given as text, in
 *     every row that is loaded by this plan; batches carry them all the same. A plan that goes on
 *     with the sync may have other values
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
    @Nullable String cursorField,
    Map<String, String> constants) {
  public LoadPlan {
    primaryKey = List.copyOf(primaryKey);
    constants = Map.copyOf(constants);
  }

  /** Makes a plan of which no field is known to be constant. */
  public LoadPlan(
      String connectionId,
      long syncId,
      long generationId,
      StreamName stream,
      TargetName target,
      Schema schema,
      WriteMode writeMode,
      List<String> primaryKey,
      @Nullable String cursorField) {
    this(
        connectionId,
        syncId,
        generationId,
        stream,
        target,
        schema,
        writeMode,
        primaryKey,
        cursorField,
        Map.of());
  }
}
