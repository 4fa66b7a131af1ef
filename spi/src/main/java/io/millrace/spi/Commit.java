package io.millrace.spi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record that becomes durable together with the rows it covers. A destination stores {@link
 * #encode} and finds the newest of each partition again.
 *
 * @param partitionId the partition
 * @param sequence 1 for the partition's first commit of the sync, then one higher each time
 * @param checkpoint the reader's position after the rows; null where it has none before the end
 * @param done the partition is complete
 * @param tally the partition's counts from its beginning
 */
public record Commit(
    String partitionId, long sequence, @Nullable Checkpoint checkpoint, boolean done, Tally tally) {
  private static final String FORMAT = "1";
  private static final int PARTS = 11;

  /** Returns one line of text from which {@link #decode} makes an equal commit. */
  public String encode() {
    List<String> parts = new ArrayList<>();
    parts.add(FORMAT);
    parts.add(partitionId);
    parts.add(Long.toString(sequence));
    parts.add(Boolean.toString(done));
    parts.add(Long.toString(tally.rowsRead()));
    parts.add(Long.toString(tally.rowsWritten()));
    parts.add(Long.toString(tally.rowsFiltered()));
    parts.add(Long.toString(tally.rowsQuarantined()));
    parts.add(Long.toString(tally.bytesRead()));
    parts.add(checkpoint == null ? "-" : Integer.toString(checkpoint.version()));
    parts.add(checkpoint == null ? "" : checkpoint.token().replace("\n", " "));
    return String.join("|", parts);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws SystemException when the text is of an unknown format
   */
  public static Commit decode(String text) {
    String[] parts = text.split("\\|", PARTS);
    if (parts.length != PARTS || !parts[0].equals(FORMAT)) {
      throw new SystemException(
          "commit_unreadable",
          "A commit record at the destination has a format this version does not know.",
          "commit record: " + text,
          null);
    }
    @Nullable Checkpoint checkpoint =
        parts[9].equals("-") ? null : new Checkpoint(Integer.parseInt(parts[9]), parts[10]);
    Tally tally =
        new Tally(
            Long.parseLong(parts[4]),
            Long.parseLong(parts[5]),
            Long.parseLong(parts[6]),
            Long.parseLong(parts[7]),
            Long.parseLong(parts[8]));
    return new Commit(
        parts[1], Long.parseLong(parts[2]), checkpoint, Boolean.parseBoolean(parts[3]), tally);
  }
}
