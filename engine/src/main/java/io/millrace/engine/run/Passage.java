package io.millrace.engine.run;

import io.millrace.engine.shape.BatchShaper;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.EncodedLoader;
import io.millrace.spi.EncodedSource;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RowEncoding;
import io.millrace.spi.TableLayout;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How rows pass from the source to the loader in one attempt: decoded to columns, or as their
 * source encodes them where both sides speak the same encoding. Used from many threads.
 */
sealed interface Passage {
  /** Opens a reader of a partition. */
  PartitionReader read(Partition partition, @Nullable Checkpoint from) throws InterruptedException;

  /** Makes the shaper of a partition's batches, behind its mappers. */
  BatchShaper shaper();

  /** Opens the writer of a partition. */
  BatchWriter writer(Partition partition, int ordinal) throws InterruptedException;

  /** Chooses the passage. Encoded rows hide their keys and values from the engine. */
  static Passage of(StreamAttempt attempt) {
    boolean looksInside =
        attempt.context().destination().traits().layout() != TableLayout.TYPED
            || !attempt.stream().primaryKey().isEmpty()
            || !attempt.mapping().isEmpty();
    if (!looksInside
        && attempt.context().source() instanceof EncodedSource source
        && attempt.loader() instanceof EncodedLoader loader) {
      @Nullable RowEncoding encoding = source.encoding(attempt.stream());
      if (encoding != null && loader.takes(encoding)) {
        return new Encoded(attempt, source, loader, encoding);
      }
    }
    return new Decoded(attempt);
  }

  /** Every value becomes an Arrow value on the way. */
  record Decoded(StreamAttempt attempt) implements Passage {
    @Override
    public PartitionReader read(Partition partition, @Nullable Checkpoint from)
        throws InterruptedException {
      return attempt.context().source().read(attempt.stream(), partition, from);
    }

    @Override
    public BatchShaper shaper() {
      return attempt.shaper(attempt.mapping().schema());
    }

    @Override
    public BatchWriter writer(Partition partition, int ordinal) throws InterruptedException {
      return attempt.loader().writer(partition.id(), ordinal);
    }
  }

  /** Rows stay bytes. */
  record Encoded(
      StreamAttempt attempt, EncodedSource source, EncodedLoader loader, RowEncoding encoding)
      implements Passage {
    private static final Schema ROWS = new Schema(List.of(RowEncoding.ROW));

    @Override
    public PartitionReader read(Partition partition, @Nullable Checkpoint from)
        throws InterruptedException {
      return source.readEncoded(attempt.stream(), partition, from);
    }

    @Override
    public BatchShaper shaper() {
      return attempt.shaper(ROWS);
    }

    @Override
    public BatchWriter writer(Partition partition, int ordinal) throws InterruptedException {
      return loader.encodedWriter(encoding, partition.id(), ordinal);
    }
  }
}
