package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.decode.RowListener;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/** Collects which of the transactions in a snapshot's gaps wrote rows that were read. */
final class MetTransactions implements RowListener {
  private static final long ID_MASK = 0xffff_ffffL;

  private final SnapshotView snapshot;
  private final BitSet met;

  /**
   * @param snapshot one whose gaps are no wider than {@link Known#GAP_MAX}
   */
  MetTransactions(SnapshotView snapshot) {
    this.snapshot = snapshot;
    this.met = new BitSet((int) (snapshot.xmax() - snapshot.xmin()));
  }

  /** Takes a row's {@code xmin}: 32 bits, of which the upper 32 follow from the snapshot. */
  @Override
  public void row(byte[] bytes, int at) {
    long id = ByteBuffer.wrap(bytes, at, Integer.BYTES).getInt() & ID_MASK;
    long transaction = snapshot.xmax() - ((snapshot.xmax() - id) & ID_MASK);
    if (transaction >= snapshot.xmin() && transaction < snapshot.xmax()) {
      met.set((int) (transaction - snapshot.xmin()));
    }
  }

  /** Returns the 64-bit ids in ascending order. */
  List<Long> list() {
    return met.stream().mapToObj(index -> snapshot.xmin() + index).toList();
  }
}
