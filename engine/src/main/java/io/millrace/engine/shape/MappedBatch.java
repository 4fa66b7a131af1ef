package io.millrace.engine.shape;

import io.millrace.spi.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * A batch behind the stream's mappers.
 *
 * @param batch owned by whoever holds this
 * @param rowsFiltered rows that were left out of it
 * @param origins for each row its number in the batch as it was read; null: the same
 * @param nulled values that could not be mapped
 */
@SuppressWarnings("ArrayRecordComponent") // One per batch, compared by nobody.
public record MappedBatch(
    RecordBatch batch, long rowsFiltered, int @Nullable [] origins, NulledValues nulled) {

  /** Returns a batch that no mapper has changed. */
  public static MappedBatch unchanged(RecordBatch batch) {
    return new MappedBatch(batch, 0, null, new NulledValues());
  }

  /** Returns the number that a row had in the batch as it was read, from 0. */
  public int origin(int row) {
    return origins == null ? row : origins[row];
  }
}
