package io.millrace.engine;

import io.millrace.spi.Partition;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A read that has begun: enough for another process to go on with it.
 *
 * @param syncId the sync that began it, under whose id its rows are loaded; once finished, the sync
 *     that finished it
 * @param mode the sync mode by which its rows are written
 * @param options a text of every option that changes what is read; a read goes on only under the
 *     same options
 * @param stateBefore the state it began with
 * @param schema the schema of its batches, as {@link #text} gives it
 * @param partitions every partition, in extraction order
 * @param finished the counts, once everything is published; null until then
 */
public record OpenRead(
    long syncId,
    SyncMode mode,
    String options,
    @Nullable StreamState stateBefore,
    String schema,
    List<Partition> partitions,
    @Nullable Tally finished) {
  public OpenRead {
    partitions = List.copyOf(partitions);
  }

  /**
   * Returns this read as one that is over: all that is kept of it is what its stream looks like.
   */
  OpenRead over() {
    return new OpenRead(
        syncId, mode, options, null, schema, List.of(), finished == null ? Tally.ZERO : finished);
  }

  /**
   * Returns a schema as a text: Arrow's message in Base64. Arrow's JSON, which is what states of
   * earlier versions hold, takes longer to make than all the rest of a small stream's plan.
   */
  public static String text(Schema schema) {
    return Base64.getEncoder().encodeToString(schema.serializeAsMessage());
  }

  /** Returns what its stream looked like. */
  public Schema fields() {
    if (!schema.startsWith("{")) {
      return Schema.deserializeMessage(ByteBuffer.wrap(Base64.getDecoder().decode(schema)));
    }
    try {
      return Schema.fromJSON(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
