package io.millrace.connectors.postgres.destination.copy;

import io.millrace.connectors.postgres.destination.table.TargetColumn;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of batches in one of COPY's two forms.
 *
 * <p>Order of calls: {@code bind} a batch, {@code check} it, then {@code put} any of its rows, each
 * as often as is needed; rows that {@code check} refused must not be put. For one thread; the batch
 * must stay as it is meanwhile.
 */
public final class RowEncoder {
  /** The largest ordinal of a partition that fits into the sequence column. */
  public static final int ORDINAL_MAX = SequenceColumn.ORDINAL_MAX;

  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int END_OF_ROWS = -1;

  private final CopyColumns columns;
  private final int[] written;
  private final boolean binary;
  private final ColumnEncoder[] encoders;
  private final @Nullable KeptRows kept;
  private final ValueCheck[] checks;
  private final @Nullable SequenceColumn sequence;
  private final int fields;
  private boolean[] suspects = {};

  /** Takes the rows that cannot be stored. */
  @FunctionalInterface
  public interface Refusals {
    /** Takes one row, its column and the reason. */
    void refuse(int row, TargetColumn column, Refusal refusal);
  }

  private RowEncoder(
      CopyColumns columns,
      boolean binary,
      ColumnEncoder[] encoders,
      @Nullable SequenceColumn sequence) {
    this.columns = columns;
    this.written = columns.written();
    this.binary = binary;
    this.encoders = encoders;
    this.kept = columns.kept() == 0 ? null : new KeptRows(columns.kept());
    this.checks =
        Arrays.stream(written)
            .mapToObj(columns.all()::get)
            .map(Encoding::check)
            .toArray(ValueCheck[]::new);
    this.sequence = sequence;
    this.fields = columns.named().size() + (sequence == null ? 0 : 1);
  }

  /** Makes an encoder of rows with exactly these columns, in this order. */
  public static RowEncoder of(List<TargetColumn> columns) {
    return of(new CopyColumns(columns, 0, Set.of()));
  }

  /** Makes an encoder of rows. */
  public static RowEncoder of(CopyColumns columns) {
    return of(columns, null);
  }

  /** Makes an encoder of rows that end with their place in extraction order. */
  public static RowEncoder sequenced(CopyColumns columns, int ordinal) {
    return of(columns, new SequenceColumn(ordinal));
  }

  private static RowEncoder of(CopyColumns columns, @Nullable SequenceColumn sequence) {
    List<TargetColumn> written =
        Arrays.stream(columns.written()).mapToObj(columns.all()::get).toList();
    List<ColumnEncoder> encoders = new ArrayList<>();
    for (TargetColumn column : written) {
      ColumnEncoder encoder = Encoding.binary(column);
      if (encoder == null) {
        ColumnEncoder[] texts = written.stream().map(Encoding::text).toArray(ColumnEncoder[]::new);
        return new RowEncoder(columns, false, texts, sequence);
      }
      encoders.add(encoder);
    }
    return new RowEncoder(columns, true, encoders.toArray(ColumnEncoder[]::new), sequence);
  }

  /** Tells whether a column has a binary form. */
  public static boolean hasBinary(TargetColumn column) {
    return Encoding.binary(column) != null;
  }

  /** Tells whether the rows are in the binary form. */
  public boolean binary() {
    return binary;
  }

  /**
   * Turns to a batch that has at least one row.
   *
   * @param firstRow the number of its first row within the partition
   */
  public void bind(VectorSchemaRoot root, long firstRow) {
    List<FieldVector> vectors = root.getFieldVectors();
    if (vectors.size() != columns.vectors()) {
      throw new IllegalArgumentException(
          "A batch has " + vectors.size() + " columns instead of " + columns.vectors() + ".");
    }
    if (kept != null) {
      kept.take(vectors.getFirst());
    }
    suspects = new boolean[encoders.length];
    for (int i = 0; i < encoders.length; i++) {
      FieldVector vector = vectors.get(columns.vector(written[i]));
      encoders[i].bind(vector);
      suspects[i] = checks[i].suspects(vector);
    }
    if (sequence != null) {
      sequence.start(firstRow);
    }
  }

  /** Finds the rows among the first {@code rows} that cannot be stored; each is told once. */
  public BitSet check(int rows, Refusals refusals) {
    BitSet refused = new BitSet();
    for (int i = 0; i < encoders.length; i++) {
      if (suspects[i]) {
        check(i, rows, refused, refusals);
      }
    }
    return refused;
  }

  private void check(int column, int rows, BitSet refused, Refusals refusals) {
    ValueCheck check = checks[column];
    ColumnEncoder encoder = encoders[column];
    for (int row = 0; row < rows; row++) {
      if (encoder.isNull(row) || refused.get(row)) {
        continue;
      }
      Refusal refusal = check.refusal(row);
      if (refusal != null) {
        refused.set(row);
        refusals.refuse(row, columns.all().get(written[column]), refusal);
      }
    }
  }

  /** Writes what comes before the first row of a COPY. */
  public void putHeader(CopyBuffer out) throws SQLException {
    if (binary) {
      out.putArray(SIGNATURE, 0, SIGNATURE.length);
      out.ensure(2 * Integer.BYTES);
      out.putInt(0);
      out.putInt(0);
    }
  }

  /** Writes the rows of a range but those left out. */
  public void put(int from, int to, BitSet left, CopyBuffer out) throws SQLException {
    if (kept != null && encoders.length == 0 && sequence == null && left.isEmpty()) {
      kept.putWhole(from, to, out);
      return;
    }
    for (int row = left.nextClearBit(from); row < to; row = left.nextClearBit(row + 1)) {
      put(row, out);
    }
  }

  /** Writes one row. */
  public void put(int row, CopyBuffer out) throws SQLException {
    if (binary) {
      putBinary(row, out);
    } else {
      putText(row, out);
    }
  }

  /** Writes what comes after the last row of a COPY. */
  public void putTrailer(CopyBuffer out) throws SQLException {
    if (binary) {
      out.ensure(Short.BYTES);
      out.putShort(END_OF_ROWS);
    }
  }

  private void putBinary(int row, CopyBuffer out) throws SQLException {
    out.ensure(Short.BYTES);
    out.putShort(fields);
    if (kept != null) {
      kept.putFields(row, out);
    }
    for (ColumnEncoder encoder : encoders) {
      encoder.put(row, out);
    }
    if (sequence != null) {
      sequence.putBinary(row, out);
    }
  }

  private void putText(int row, CopyBuffer out) throws SQLException {
    for (int i = 0; i < encoders.length; i++) {
      if (i > 0) {
        out.ensure(1);
        out.putByte('\t');
      }
      encoders[i].put(row, out);
    }
    if (sequence != null) {
      sequence.putText(row, out);
    }
    out.ensure(1);
    out.putByte('\n');
  }
}
