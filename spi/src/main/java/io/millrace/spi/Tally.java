package io.millrace.spi;

/**
 * Counts of one partition from its beginning, over all attempts of a sync.
 *
 * @param rowsRead rows the reader returned, rejected ones included
 * @param rowsWritten rows the destination took
 * @param rowsFiltered rows left out on purpose
 * @param rowsQuarantined rows in quarantine
 * @param bytesRead bytes that were read from the source
 */
public record Tally(
    long rowsRead, long rowsWritten, long rowsFiltered, long rowsQuarantined, long bytesRead) {
  public static final Tally ZERO = new Tally(0, 0, 0, 0, 0);

  /** Returns the sum of both. */
  public Tally plus(Tally other) {
    return new Tally(
        rowsRead + other.rowsRead,
        rowsWritten + other.rowsWritten,
        rowsFiltered + other.rowsFiltered,
        rowsQuarantined + other.rowsQuarantined,
        bytesRead + other.bytesRead);
  }

  /** Tells whether every row read is written, filtered or in quarantine. */
  public boolean balanced() {
    return rowsRead == rowsWritten + rowsFiltered + rowsQuarantined;
  }
}
