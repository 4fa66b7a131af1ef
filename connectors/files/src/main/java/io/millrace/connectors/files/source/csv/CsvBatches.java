package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.fetch.InputWindow;
import io.millrace.connectors.files.source.table.RowLines;
import io.millrace.connectors.files.source.value.Bytes;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.Tuning;
import java.io.IOException;
import java.io.InputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from a stream of UTF-8 bytes as batches. Used by one thread; {@link #close} may
 * come from another.
 */
public final class CsvBatches implements AutoCloseable {
  /** Enough to see what is wrong; more rejected rows go to the next batch. */
  private static final int REJECTED_PER_BATCH_MAX = 1_000;

  private final CsvTable table;
  private final BufferAllocator allocator;
  private final Tuning tuning;
  private final InputWindow window;
  private final RecordScanner scanner;
  private final Block block;
  private final BatchMaker maker;
  private final Rejections rejections;
  private RowLines lines;
  private long offset;
  private long line;

  /** Where the block that was indexed last ends in the window. */
  private int blockEnd;

  /**
   * @param input begins with a record; closed with the reader
   * @param length how many bytes to read; a record begins behind them, or nothing does
   * @param offset the place of the first byte in the text
   * @param line the line it is in, counted from 1
   */
  public CsvBatches(
      CsvTable table,
      BufferAllocator allocator,
      Tuning tuning,
      InputStream input,
      long length,
      long offset,
      long line) {
    this(table, allocator, tuning, new InputWindow(input, length), offset, line);
  }

  CsvBatches(
      CsvTable table,
      BufferAllocator allocator,
      Tuning tuning,
      InputWindow window,
      long offset,
      long line) {
    this.table = table;
    this.allocator = allocator;
    this.tuning = tuning;
    this.window = window;
    this.scanner = new RecordScanner(table.dialect(), table.fields());
    this.block =
        new Block(table.dialect(), table.fields(), table.nullTexts(), tuning.batchRowsMax());
    this.maker = new BatchMaker(table, block.index.rowsMax);
    this.rejections = new Rejections(table);
    this.lines = new RowLines(table.label());
    this.offset = offset;
    this.line = line;
  }

  /** Returns the place behind the last record that was returned. */
  public long offset() {
    return offset;
  }

  /** Returns the line at {@link #offset}. */
  public long line() {
    return line;
  }

  /** Returns the next batch, or null at the end. */
  public @Nullable RecordBatch next() throws IOException, InterruptedException {
    long before = offset;
    try {
      maker.begin(allocator);
      lines = new RowLines(table.label());
      while (hasRoom() && nextBlock()) {
        useBlock();
      }
      if (maker.rows() == 0 && rejections.count() == 0 && offset == before) {
        return null;
      }
      return new RecordBatch(maker.take(allocator), offset - before, rejections.take(), lines);
    } finally {
      maker.close();
    }
  }

  private boolean hasRoom() {
    return maker.rows() + block.index.rowsMax <= tuning.batchRowsMax()
        && maker.bytes() < tuning.batchBytesTarget()
        && rejections.count() < REJECTED_PER_BATCH_MAX;
  }

  /** Indexes what comes next; false at the end. Rows, malformed ones or neither may be found. */
  private boolean nextBlock() throws IOException, InterruptedException {
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      block.index.clear();
      int next = scanner.scan(window.data, window.start, window.limit, window.ended, block.index);
      if (next > window.start) {
        blockEnd = next;
        return true;
      }
      if (window.ended) {
        return false;
      }
      if (!window.fill()) {
        giveUpRecord();
        return true;
      }
    }
  }

  private void useBlock() {
    block.data = window.data;
    FieldIndex index = block.index;
    if (index.faultCount > 0) {
      rejections.malformed(block, window.start, line);
    }
    maker.decode(block);
    if (block.faults.count > 0) {
      rejections.unfit(block, window.start, line);
      index.remove(block.faults.marked);
      maker.decode(block);
    }
    noteLines(index);
    maker.append(index.rows);
    advance(blockEnd, index.lines);
  }

  /** Where each record is a line, the first one's is enough; else line breaks are counted. */
  private void noteLines(FieldIndex index) {
    byte newline = table.dialect().newline();
    boolean ended = blockEnd > window.start && window.data[blockEnd - 1] == newline;
    if (ended && index.lines == index.rows) {
      lines.add(maker.rows(), line);
      return;
    }
    int counted = window.start;
    long at = line;
    for (int row = 0; row < index.rows; row++) {
      int from = index.recordStart(row);
      at += Bytes.count(window.data, counted, from, newline);
      counted = from;
      lines.add(maker.rows() + row, at);
    }
  }

  private void advance(int to, long lines) {
    offset += to - window.start;
    line += lines;
    window.start = to;
  }

  /** The record that begins the window is longer than any that is held. */
  private void giveUpRecord() throws IOException {
    int next = scanner.giveUp(window.data, window.start, window.limit, block.index);
    if (next >= 0) {
      blockEnd = next;
      return;
    }
    rejections.endless(line, window.data, window.start, window.limit);
    byte newline = table.dialect().newline();
    int end = window.limit;
    while (end == window.limit && !window.ended) {
      offset += window.limit - window.start;
      window.discard();
      window.fill();
      end = Bytes.indexOf(window.data, window.start, window.limit, newline);
    }
    blockEnd = Math.min(window.limit, end + 1);
    block.index.lines++;
  }

  @Override
  public void close() {
    window.close();
  }
}
