package io.millrace.testkit.example;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Reads the lines from one byte of a file to another. */
final class TsvReader implements PartitionReader {
  private static final String NULL = "\\N";

  private final TsvFile file;
  private final Schema schema;
  private final List<Integer> columns;
  private final InputStream input;
  private final long end;
  private final ConnectorContext context;
  private Position position;

  private TsvReader(
      TsvFile file,
      Schema schema,
      InputStream input,
      Position start,
      long end,
      ConnectorContext context) {
    List<String> names = file.schema().getFields().stream().map(Field::getName).toList();
    this.file = file;
    this.schema = schema;
    this.columns =
        schema.getFields().stream().map(field -> names.indexOf(field.getName())).toList();
    this.input = input;
    this.position = start;
    this.end = end;
    this.context = context;
  }

  static TsvReader open(
      TsvFile file, Schema schema, Position start, long end, ConnectorContext context) {
    try {
      InputStream input = new BufferedInputStream(Files.newInputStream(file.path()));
      input.skipNBytes(start.at());
      return new TsvReader(file, schema, input, start, end, context);
    } catch (IOException e) {
      throw TsvFile.unreadable(file.path(), e);
    }
  }

  @Override
  public @Nullable RecordBatch next() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted between batches");
    }
    if (position.at() >= end) {
      return null;
    }
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, context.allocator());
    try {
      return fill(root);
    } catch (IOException e) {
      root.close();
      throw TsvFile.unreadable(file.path(), e);
    } catch (RuntimeException e) {
      root.close();
      throw e;
    }
  }

  private RecordBatch fill(VectorSchemaRoot root) throws IOException {
    List<RejectedRow> rejected = new ArrayList<>();
    long start = position.at();
    int rows = 0;
    while (position.at() < end
        && rows < context.tuning().batchRowsMax()
        && position.at() - start < context.tuning().batchBytesTarget()) {
      byte[] line = line();
      String text = new String(line, StandardCharsets.UTF_8);
      @Nullable String problem = write(root, rows, text.split("\t", -1));
      if (problem == null) {
        rows++;
      } else {
        rejected.add(new RejectedRow("line " + position.line(), null, problem, text));
      }
      position = new Position(position.at() + line.length + 1, position.line() + 1);
    }
    root.setRowCount(rows);
    return new RecordBatch(root, position.at() - start, rejected);
  }

  private byte[] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new IOException("the file ends within a line");
      }
      line.write(next);
    }
    return line.toByteArray();
  }

  /** Writes a row; returns what is wrong with it, or null. */
  private @Nullable String write(VectorSchemaRoot root, int row, String[] cells) {
    if (cells.length != file.schema().getFields().size()) {
      return "The line has " + cells.length + " cells; the header names another number of columns.";
    }
    for (int column = 0; column < columns.size(); column++) {
      String cell = cells[columns.get(column)];
      switch (root.getVector(column)) {
        case BigIntVector numbers when !cell.equals(NULL) -> {
          if (!cell.matches("-?\\d{1,19}")) {
            return "\"" + cell + "\" is not a whole number of 64 bits.";
          }
          numbers.setSafe(row, Long.parseLong(cell));
        }
        case VarCharVector texts when !cell.equals(NULL) ->
            texts.setSafe(row, unescaped(cell).getBytes(StandardCharsets.UTF_8));
        case BigIntVector numbers -> numbers.setNull(row);
        case VarCharVector texts -> texts.setNull(row);
        default -> throw new IllegalStateException("No such column type.");
      }
    }
    return null;
  }

  private static String unescaped(String cell) {
    return cell.contains("\\") ? cell.translateEscapes() : cell;
  }

  @Override
  public Checkpoint checkpoint() {
    return new Checkpoint(Position.VERSION, position.json());
  }

  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
