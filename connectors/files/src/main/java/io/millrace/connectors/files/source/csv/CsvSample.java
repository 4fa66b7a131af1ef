package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.Texts;
import io.millrace.connectors.files.source.value.Bytes;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * The beginning of a text in memory, and the open text behind it. Used by one thread.
 *
 * <p>The sample begins at {@link CsvHead#FRONT} of padded data.
 */
final class CsvSample implements AutoCloseable {
  /** The largest sample, which a header must fit. */
  static final int BYTES_MAX = 1 << 20;

  private static final int BYTES_FIRST = 64 << 10;

  private final FileVersion file;
  private final Content.Text text;
  private byte[] data = new byte[CsvHead.FRONT + BYTES_FIRST + Bytes.PADDING];
  private int limit = CsvHead.FRONT;
  private boolean last;

  private CsvSample(FileVersion file, Content.Text text) {
    this.file = file;
    this.text = text;
  }

  /** Opens a text and reads its first bytes. */
  static CsvSample open(Texts texts, FileVersion file, CsvOptions options)
      throws InterruptedException {
    CsvSample sample = new CsvSample(file, texts.text(file, options.encoding(), 0));
    try {
      sample.fill(BYTES_FIRST);
      return sample;
    } catch (RuntimeException | Error e) {
      sample.close();
      throw e;
    }
  }

  /** Reads on until the sample has its largest size or the text ends. */
  void fillUp() {
    fill(BYTES_MAX);
  }

  boolean isEmpty() {
    return last && limit == CsvHead.FRONT;
  }

  /** Tells whether the sample is the whole text. */
  boolean isWhole() {
    return last;
  }

  boolean direct() {
    return text.direct();
  }

  String charset() {
    return text.charset().name();
  }

  Dialect dialect(CsvOptions options) {
    return new DialectSniffer(options).find(data, limit, last);
  }

  /** Returns the head of the text. */
  CsvHead head(CsvOptions options, Dialect dialect) {
    requireText();
    CsvHead head = CsvHead.read(options, dialect, data, limit, last, file.path());
    if (head == null) {
      fillUp();
      head = CsvHead.read(options, dialect, data, limit, last, file.path());
    }
    return Objects.requireNonNull(head);
  }

  /** Returns the sample from an offset on. */
  InputStream sample(long offset) {
    int from = Math.min(limit, CsvHead.FRONT + Math.toIntExact(offset));
    return new ByteArrayInputStream(data, from, limit - from);
  }

  /** Returns the text from an offset within the sample on; closing it closes the text. */
  InputStream rest(long offset) {
    return new SequenceInputStream(sample(offset), text.input());
  }

  int length() {
    return limit - CsvHead.FRONT;
  }

  private void fill(int bytes) {
    data = Arrays.copyOf(data, CsvHead.FRONT + bytes + Bytes.PADDING);
    int wanted = CsvHead.FRONT + bytes - limit;
    try {
      int read = text.input().readNBytes(data, limit, wanted);
      limit += read;
      last |= read < wanted;
    } catch (IOException e) {
      throw Content.failure(file, e);
    }
  }

  private void requireText() {
    if (Bytes.indexOf(data, CsvHead.FRONT, limit, (byte) 0) < limit) {
      throw new ConfigException(
          "not_text",
          "\""
              + ConnectorException.outside(file.path())
              + "\" holds zero bytes, so it is no text in UTF-8. Set format, or encoding in"
              + " reader_options (utf-16, for instance).");
    }
  }

  @Override
  public void close() {
    try {
      text.input().close();
    } catch (IOException e) {
      // Nothing is lost: the text was only read.
    }
  }
}
