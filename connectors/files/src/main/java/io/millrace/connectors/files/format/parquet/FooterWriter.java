package io.millrace.connectors.files.format.parquet;

import java.util.ArrayList;
import java.util.List;

/** Writes the footer: the schema, and where each chunk of each row group is. */
final class FooterWriter {
  private static final int FORMAT_VERSION = 2;
  private static final String CREATED_BY = "millrace version 0.1.0";
  private static final int RLE = 3;

  private final List<Node> schema;
  private final Compression codec;
  private final List<Group> groups = new ArrayList<>();
  private long rows;

  private record Group(long rows, long offset, List<ChunkInfo> chunks) {}

  FooterWriter(List<Node> schema, Compression codec) {
    this.schema = schema;
    this.codec = codec;
  }

  void addGroup(long groupRows, long offset, List<ChunkInfo> chunks) {
    groups.add(new Group(groupRows, offset, List.copyOf(chunks)));
    rows += groupRows;
  }

  /** Adds the footer itself, without its length and the mark behind it. */
  void write(PageBytes bytes) {
    ThriftWriter out = new ThriftWriter(bytes).begin();
    out.i32(1, FORMAT_VERSION).structs(2, 1 + SchemaWriter.count(schema));
    out.begin().text(4, "schema").i32(5, schema.size()).end();
    SchemaWriter elements = new SchemaWriter(out);
    schema.forEach(elements::write);
    out.i64(3, rows).structs(4, groups.size());
    for (int i = 0; i < groups.size(); i++) {
      group(out.begin(), groups.get(i), i);
    }
    out.text(6, CREATED_BY);
    long leaves = schema.stream().mapToLong(node -> node.leafPaths().size()).sum();
    out.structs(7, (int) leaves);
    for (long i = 0; i < leaves; i++) {
      // The order of each column's statistics is that of its type.
      out.begin().empty(1).end();
    }
    out.end();
  }

  private void group(ThriftWriter out, Group group, int ordinal) {
    out.structs(1, group.chunks().size());
    long uncompressed = 0;
    long compressed = 0;
    for (ChunkInfo chunk : group.chunks()) {
      column(out.begin(), chunk);
      uncompressed += chunk.uncompressedBytes();
      compressed += chunk.compressedBytes();
    }
    out.i64(2, uncompressed).i64(3, group.rows()).i64(5, group.offset()).i64(6, compressed);
    if (ordinal <= Short.MAX_VALUE) {
      out.i16(7, ordinal);
    }
    out.end();
  }

  private void column(ThriftWriter out, ChunkInfo chunk) {
    boolean dictionary = chunk.dictionaryOffset() >= 0;
    out.i64(2, dictionary ? chunk.dictionaryOffset() : chunk.dataOffset()).begin(3);
    out.i32(1, chunk.type().code());
    if (dictionary) {
      out.i32s(2, ValueEncoder.PLAIN, RLE, ValueEncoder.RLE_DICTIONARY);
    } else {
      out.i32s(2, ValueEncoder.PLAIN, RLE);
    }
    out.texts(3, chunk.path(), chunk.path().size()).i32(4, codec.code()).i64(5, chunk.values());
    out.i64(6, chunk.uncompressedBytes()).i64(7, chunk.compressedBytes());
    out.i64(9, chunk.dataOffset());
    if (dictionary) {
      out.i64(11, chunk.dictionaryOffset());
    }
    out.begin(12).i64(3, chunk.nulls());
    if (chunk.max() != null && chunk.min() != null) {
      out.binary(5, chunk.max()).binary(6, chunk.min());
    }
    out.end().end().end();
  }
}
