package io.millrace.connectors.files.format.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Collects the pages of one leaf until its row group is written. A data page holds the repetition
 * levels, where there are lists, the definition levels and the values that are there.
 */
final class ColumnWriter {
  /** How many values are handled at a time. */
  static final int PIECE_VALUES = 2048;

  private static final int PAGE_ENTRIES_MAX = 1 << 17;
  private static final int DATA_PAGE = 0;
  private static final int DICTIONARY_PAGE = 2;
  private static final int RLE = 3;

  private final List<String> path;
  private final PhysicalType.Kind kind;
  private final ParquetOptions options;
  private final PageCompressor compressor;
  private final PageBytes page;
  private final ValueEncoder values;
  private final int maxDefinition;
  private final boolean repeated;
  private final Levels definitions;
  private final Levels repetitions;
  private final BlockBuffer pages = new BlockBuffer();
  private long entries;
  private long nulls;
  private long uncompressedBytes;

  /**
   * Makes a writer.
   *
   * @param shared what the columns of a file use in turn
   */
  ColumnWriter(List<Node> path, ParquetOptions options, Shared shared) {
    Node leaf = path.getLast();
    this.path = SchemaWriter.names(path);
    this.kind = PhysicalType.of(leaf.type()).kind();
    this.options = options;
    this.compressor = shared.compressor();
    this.page = shared.page();
    this.values = ValueEncoder.of(leaf, options, shared.scratch());
    int lists = (int) path.stream().filter(Node::list).count();
    this.maxDefinition = path.size() + lists;
    this.repeated = lists > 0;
    this.definitions = new Levels(maxDefinition);
    this.repetitions = new Levels(lists);
  }

  /** What the columns of a file use in turn. */
  record Shared(PageCompressor compressor, PageBytes page, Scratch scratch) {}

  /** Adds the rows of a column without lists and structs. */
  void addFlat(FieldVector vector, int from, int to) throws IOException {
    boolean mayHaveNulls = vector.getNullCount() > 0;
    int at = from;
    while (at < to) {
      int end = values.pieceEnd(vector, at, to);
      if (mayHaveNulls) {
        addWithNulls(vector, at, end);
      } else {
        definitions.add(maxDefinition, end - at);
        values.add(vector, at, end);
      }
      at = end;
      endPageIfFull();
    }
  }

  private void addWithNulls(FieldVector vector, int from, int to) {
    int at = from;
    while (at < to) {
      boolean isNull = vector.isNull(at);
      int end = at + 1;
      while (end < to && vector.isNull(end) == isNull) {
        end++;
      }
      definitions.add(isNull ? maxDefinition - 1 : maxDefinition, end - at);
      if (isNull) {
        nulls += end - at;
      } else {
        values.add(vector, at, end);
      }
      at = end;
    }
  }

  /** Adds an entry without a value: a null, or an empty list somewhere above. */
  void addAbsent(int definition, int repetition) {
    definitions.add(definition, 1);
    if (repeated) {
      repetitions.add(repetition, 1);
    }
    nulls++;
  }

  /** Adds an entry with a value, which {@link #addValues} adds. */
  void addPresent(int repetition) {
    definitions.add(maxDefinition, 1);
    if (repeated) {
      repetitions.add(repetition, 1);
    }
  }

  /** Adds values that stand behind entries already added. */
  void addValues(FieldVector vector, int from, int to) {
    int at = from;
    while (at < to) {
      int end = values.pieceEnd(vector, at, to);
      values.add(vector, at, end);
      at = end;
    }
  }

  /** Ends the page when it is full; called between rows alone. */
  void endPageIfFull() throws IOException {
    if (values.pageBytes() >= options.pageBytes() || definitions.size() >= PAGE_ENTRIES_MAX) {
      endPage();
    }
  }

  private void endPage() throws IOException {
    int count = definitions.size();
    if (count == 0) {
      return;
    }
    page.clear();
    if (repeated) {
      repetitions.putTo(page);
    }
    definitions.putTo(page);
    int encoding = values.encoding();
    values.endPage(page);
    entries += count;
    repetitions.clear();
    definitions.clear();
    compressor.compress(page.array(), page.size());
    PageBytes header = new PageBytes();
    pageHeader(new ThriftWriter(header).begin(), DATA_PAGE)
        .begin(5)
        .i32(1, count)
        .i32(2, encoding)
        .i32(3, RLE)
        .i32(4, RLE)
        .end()
        .end();
    pages.put(header.array(), 0, header.size());
    pages.put(compressor.bytes(), 0, compressor.length());
    uncompressedBytes += header.size() + page.size();
  }

  private ThriftWriter pageHeader(ThriftWriter writer, int type) {
    return writer.i32(1, type).i32(2, page.size()).i32(3, compressor.length());
  }

  /** Returns the bytes it holds in memory. */
  long bytesHeld() {
    return pages.size()
        + values.pageBytes()
        + values.dictionaryBytes()
        + definitions.size() / Byte.SIZE;
  }

  /** Writes the chunk, and begins the next one. */
  ChunkInfo endChunk(OutputStream out, long offset) throws IOException {
    endPage();
    long dictionaryLength = 0;
    if (values.dictionarySize() > 0) {
      dictionaryLength = writeDictionary(out);
    }
    pages.writeTo(out);
    ChunkInfo info =
        new ChunkInfo(
            kind,
            path,
            entries,
            nulls,
            dictionaryLength > 0 ? offset : -1,
            offset + dictionaryLength,
            dictionaryLength + pages.size(),
            uncompressedBytes,
            values.min(),
            values.max());
    values.beginChunk();
    pages.clear();
    entries = 0;
    nulls = 0;
    uncompressedBytes = 0;
    return info;
  }

  private long writeDictionary(OutputStream out) throws IOException {
    page.clear();
    values.putDictionary(page);
    compressor.compress(page.array(), page.size());
    PageBytes header = new PageBytes();
    pageHeader(new ThriftWriter(header).begin(), DICTIONARY_PAGE)
        .begin(7)
        .i32(1, values.dictionarySize())
        .i32(2, ValueEncoder.PLAIN)
        .end()
        .end();
    out.write(header.array(), 0, header.size());
    out.write(compressor.bytes(), 0, compressor.length());
    uncompressedBytes += header.size() + page.size();
    return header.size() + (long) compressor.length();
  }
}
