package io.millrace.connectors.files.store;

import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import io.millrace.spi.WorkThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Sends an object in parts while it is written: one part is filled while the one before it is on
 * its way.
 */
final class S3StagingStream extends StagingStream {
  /** The usual size of a part. Servers want at least 5 MiB, and take at most 10,000 parts. */
  static final int PART_BYTES = 8 << 20;

  private static final int PARTS_MAX = 10_000;

  private final S3Store store;
  private final String key;
  private final String uploadId;
  private final List<String> tags = new ArrayList<>();
  private byte[] filling;
  private byte @Nullable [] spare;
  private int filled;
  private long size;
  private @Nullable FutureTask<String> sending;
  private boolean ended;

  S3StagingStream(S3Store store, String key, String uploadId, int partBytes) {
    this.filling = new byte[partBytes];
    this.store = store;
    this.key = key;
    this.uploadId = uploadId;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == filling.length) {
        sendInterruptibly();
      }
      int piece = Math.min(left, filling.length - filled);
      System.arraycopy(source, from, filling, filled, piece);
      filled += piece;
      from += piece;
      left -= piece;
    }
    size += length;
  }

  private void sendInterruptibly() throws IOException {
    try {
      send();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing " + store.display(key));
    }
  }

  private void send() throws InterruptedException {
    awaitSent();
    int number = tags.size() + 1;
    if (number > PARTS_MAX) {
      throw new SystemException(
          "object_too_large", store.display(key) + " would need more than 10,000 parts.");
    }
    byte[] content = filling;
    int length = filled;
    FutureTask<String> task =
        new FutureTask<>(() -> store.sendPart(key, uploadId, number, content, length));
    WorkThreads.virtual("millrace-store", task).start();
    sending = task;
    filling = spare == null ? new byte[content.length] : spare;
    spare = content;
    filled = 0;
  }

  private void awaitSent() throws InterruptedException {
    if (sending != null) {
      tags.add(Interruptible.await(sending).replace("\"", ""));
      sending = null;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public StagedObject seal() throws InterruptedException {
    // An object without bytes has one empty part.
    if (filled > 0 || (tags.isEmpty() && sending == null)) {
      send();
    }
    awaitSent();
    ended = true;
    return new StagedObject(key, new UploadToken(uploadId, tags).encode(), size);
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    if (sending != null) {
      sending.cancel(true);
    }
    try {
      store.abort(key, uploadId);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ConnectorException e) {
      // The next sweep of the area drops the upload.
    }
  }
}
