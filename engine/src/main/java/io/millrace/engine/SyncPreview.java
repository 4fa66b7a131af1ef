package io.millrace.engine;

import io.millrace.spi.Notice;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sync would do.
 *
 * @param streams every stream, in the order of the sync
 * @param notices what would be left out, and what was chosen where the user said nothing
 */
public record SyncPreview(List<StreamPreview> streams, List<Notice> notices) {
  public SyncPreview {
    streams = List.copyOf(streams);
    notices = List.copyOf(notices);
  }

  /**
   * What a sync would do with one stream.
   *
   * @param stream the stream
   * @param target the full name of the table or folder
   * @param mode how it is read and written
   * @param reads what would be read: a description of each partition
   * @param writes what would be done at the destination
   * @param estimatedRows a guess of the rows to read, or -1
   * @param estimatedBytes a guess of the bytes to read, or -1
   * @param failure why it cannot be planned, or null
   */
  public record StreamPreview(
      StreamName stream,
      String target,
      SyncMode mode,
      List<String> reads,
      List<String> writes,
      long estimatedRows,
      long estimatedBytes,
      @Nullable Failure failure) {
    public StreamPreview {
      reads = List.copyOf(reads);
      writes = List.copyOf(writes);
    }
  }
}
