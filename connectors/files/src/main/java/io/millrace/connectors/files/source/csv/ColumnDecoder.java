package io.millrace.connectors.files.source.csv;

import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Turns one field of every record of a block into values of one Arrow vector.
 *
 * <p>Grammar: {@code begin (decode+ append)* take}, over and over. {@link #decode} may be repeated
 * for a block with fewer rows before {@link #append}. Subclasses hold the loop over the rows, so
 * that it is compiled for one type; fields in quotes take the slower way through {@link #slow}.
 */
abstract class ColumnDecoder implements AutoCloseable {
  private static final int VALIDITY_BYTES_INITIAL = 128;

  /** The place of the field in the file's records. */
  final int field;

  /** The place of the column in the batch. */
  final int column;

  private final Field arrowField;
  private final int[] nullRows;
  private int nullRowCount;
  private byte[] validity = new byte[VALIDITY_BYTES_INITIAL];
  private int batchRows;
  private int batchNulls;

  ColumnDecoder(int field, int column, Field arrowField, int blockRowsMax) {
    this.field = field;
    this.column = column;
    this.arrowField = arrowField;
    this.nullRows = new int[blockRowsMax];
  }

  /** Begins a vector with room for about so many rows. */
  final void begin(BufferAllocator allocator, int rowsExpected) {
    batchRows = 0;
    batchNulls = 0;
    Arrays.fill(validity, (byte) 0xFF);
    allocate(allocator, rowsExpected);
  }

  /** Parses the rows of a block and marks those that do not fit. */
  final void decode(Block block) {
    nullRowCount = 0;
    if (block.nullTexts.isEmpty()) {
      decodeRows(block);
    } else {
      decodeSlowly(block);
    }
  }

  /** Adds the rows decoded last to the vector. */
  final void append(int rows) {
    appendValues(rows);
    int bytes = (batchRows + rows + 7) >>> 3;
    if (bytes > validity.length) {
      int old = validity.length;
      validity = Arrays.copyOf(validity, Math.max(bytes, 2 * old));
      Arrays.fill(validity, old, validity.length, (byte) 0xFF);
    }
    for (int i = 0; i < nullRowCount; i++) {
      int row = batchRows + nullRows[i];
      validity[row >>> 3] &= (byte) ~(1 << (row & 7));
    }
    batchNulls += nullRowCount;
    batchRows += rows;
  }

  /** Returns the vector, which then belongs to the caller. */
  final FieldVector take(BufferAllocator allocator) {
    FieldVector vector = arrowField.createVector(allocator);
    int bytes = (batchRows + 7) >>> 3;
    try (ArrowBuf valid = allocator.buffer(Math.max(1, bytes))) {
      valid.setBytes(0, validity, 0, bytes);
      fill(vector, new ArrowFieldNode(batchRows, batchNulls), valid);
    } catch (RuntimeException | Error e) {
      vector.close();
      throw e;
    }
    return vector;
  }

  /** Returns the bytes that the values take so far. */
  abstract long bytes();

  /** Frees what was begun and not taken. */
  @Override
  public abstract void close();

  abstract void allocate(BufferAllocator allocator, int rowsExpected);

  abstract void decodeRows(Block block);

  /** Parses one value that is not null. */
  abstract void value(Block block, int row, byte[] data, int from, int to);

  /** Stores what stands in the place of a null. */
  abstract void clear(int row);

  abstract void appendValues(int rows);

  /** Hands the buffers over to a vector. */
  abstract void fill(FieldVector vector, ArrowFieldNode node, ArrowBuf valid);

  /** Tells whether an empty field in quotes is a value, not null. */
  boolean takesEmpty() {
    return false;
  }

  final void noteNull(int row) {
    nullRows[nullRowCount++] = row;
    clear(row);
  }

  /** Parses a field that has flags. */
  final void slow(Block block, int row, int from, int end) {
    Unquoted content = block.unquoted;
    content.resolve(block.data, from, end);
    boolean empty = content.from == content.to;
    if ((empty && !(content.quoted && takesEmpty()))
        || block.nullTexts.matches(content.data, content.from, content.to)) {
      noteNull(row);
    } else {
      value(block, row, content.data, content.from, content.to);
    }
  }

  void decodeSlowly(Block block) {
    FieldIndex index = block.index;
    for (int row = 0, slot = field; row < index.rows; row++, slot += index.stride) {
      slow(block, row, (index.ends[slot] & FieldIndex.POSITION) + 1, index.ends[slot + 1]);
    }
  }
}
