package io.millrace.connectors.files.format.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes the format's metadata in Thrift's compact protocol (thrift-compact-protocol.md). */
final class ThriftWriter {
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int I8 = 3;
  private static final int I16 = 4;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int SHORT_LIST_MAX = 14;
  private static final int SHORT_DELTA_MAX = 15;

  private final PageBytes out;
  private final Deque<Integer> outer = new ArrayDeque<>();
  private int lastId;

  ThriftWriter(PageBytes out) {
    this.out = out;
  }

  /** Begins the outermost struct, or one that is an element of a list. */
  ThriftWriter begin() {
    outer.push(lastId);
    lastId = 0;
    return this;
  }

  /** Begins a struct that is a field. */
  ThriftWriter begin(int id) {
    header(id, STRUCT);
    return begin();
  }

  /** Ends the innermost struct. */
  ThriftWriter end() {
    out.putByte(0);
    lastId = outer.pop();
    return this;
  }

  /** Adds a field that is a struct without fields. */
  ThriftWriter empty(int id) {
    return begin(id).end();
  }

  ThriftWriter bool(int id, boolean value) {
    header(id, value ? TRUE : FALSE);
    return this;
  }

  ThriftWriter i8(int id, int value) {
    header(id, I8);
    out.putByte(value);
    return this;
  }

  ThriftWriter i16(int id, int value) {
    header(id, I16);
    zigzag(value);
    return this;
  }

  ThriftWriter i32(int id, int value) {
    header(id, I32);
    zigzag(value);
    return this;
  }

  ThriftWriter i64(int id, long value) {
    header(id, I64);
    zigzag(value);
    return this;
  }

  ThriftWriter binary(int id, byte[] value) {
    header(id, BINARY);
    bytes(value);
    return this;
  }

  ThriftWriter text(int id, String value) {
    return binary(id, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Begins a list of structs; each element follows with {@link #begin()} and {@link #end}. */
  ThriftWriter structs(int id, int count) {
    return list(id, STRUCT, count);
  }

  ThriftWriter i32s(int id, int... values) {
    list(id, I32, values.length);
    for (int value : values) {
      zigzag(value);
    }
    return this;
  }

  ThriftWriter texts(int id, Iterable<String> values, int count) {
    list(id, BINARY, count);
    for (String value : values) {
      bytes(value.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  private ThriftWriter list(int id, int type, int count) {
    header(id, LIST);
    if (count <= SHORT_LIST_MAX) {
      out.putByte((count << 4) | type);
    } else {
      out.putByte(0xF0 | type);
      out.putVarInt(count);
    }
    return this;
  }

  private void header(int id, int type) {
    int delta = id - lastId;
    if (delta > 0 && delta <= SHORT_DELTA_MAX) {
      out.putByte((delta << 4) | type);
    } else {
      out.putByte(type);
      zigzag(id);
    }
    lastId = id;
  }

  private void bytes(byte[] value) {
    out.putVarInt(value.length);
    out.put(value, 0, value.length);
  }

  private void zigzag(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.putByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.putByte((int) rest);
  }
}
