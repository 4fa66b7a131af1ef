package io.millrace.connectors.files.source.parquet;

import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.Spool;
import io.millrace.connectors.files.source.table.Piece;
import io.millrace.connectors.files.source.table.PieceReader;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.connectors.files.source.table.Projection;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.SystemException;
import io.millrace.spi.Tuning;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a range of a file's rows. The number of each row comes along from DuckDB and is checked, so
 * that a position means the same rows whenever they are read.
 */
final class ParquetReader implements PieceReader {
  /** DuckDB's name for a row's place in its file. */
  private static final String ROW_NUMBER = "file_row_number";

  private static final int BATCH_ROWS_MIN = 2048;

  private final FileVersion file;
  private final Projection projection;
  private final ConnectorContext context;
  private final Spool.Lease lease;
  private final ParquetFile parquet;
  private final Statement statement;
  private final DuckDBResultSet result;
  private final ArrowReader arrow;
  private final boolean numbered;
  private final Set<String> bareNumbers;
  private final double bytesPerRow;
  private long row;
  private boolean closed;

  private ParquetReader(
      Piece piece,
      Projection projection,
      Position from,
      Spool.Lease lease,
      ConnectorContext context,
      ParquetFile parquet)
      throws SQLException {
    this.file = piece.file();
    this.projection = projection;
    this.context = context;
    this.lease = lease;
    this.parquet = parquet;
    this.row = from.offset();
    Map<String, ParquetColumn> columns = new LinkedHashMap<>();
    parquet.columns().forEach(column -> columns.put(column.name(), column));
    requireKnown(columns);
    this.numbered = columns.values().stream().noneMatch(ParquetReader::hidesRowNumbers);
    this.bareNumbers =
        columns.values().stream()
            .filter(ParquetColumn::mayHoldBareNumbers)
            .map(ParquetColumn::name)
            .collect(Collectors.toSet());
    long rows = Math.max(1, parquet.rowGroups().stream().mapToLong(Long::longValue).sum());
    this.bytesPerRow = (double) file.size() / rows;
    int batchRows = batchRows(parquet.unpackedBytes() / rows, context.tuning());
    this.statement = parquet.connection().createStatement();
    this.result = (DuckDBResultSet) statement.executeQuery(sql(columns, piece.end()));
    this.arrow = (ArrowReader) result.arrowExportStream(context.allocator(), batchRows);
  }

  static ParquetReader open(
      Piece piece,
      Projection projection,
      Position from,
      Spool.Lease lease,
      ConnectorContext context) {
    ParquetFile parquet = ParquetFile.open(piece.file(), lease.path(), context.tempDirectory());
    try {
      return new ParquetReader(piece, projection, from, lease, context, parquet);
    } catch (SQLException e) {
      parquet.close();
      throw ParquetFile.failure(piece.file(), e);
    } catch (RuntimeException | Error e) {
      parquet.close();
      throw e;
    }
  }

  /** A column of DuckDB's own name stands before the row's place, which then cannot be asked. */
  static boolean hidesRowNumbers(ParquetColumn column) {
    return column.name().equalsIgnoreCase(ROW_NUMBER);
  }

  private void requireKnown(Map<String, ParquetColumn> columns) {
    for (Field field : projection.columns()) {
      ParquetColumn column = columns.get(field.getName());
      LogicalType wanted = Fields.typeOf(field);
      if (column != null && !column.fits(wanted)) {
        throw refused(
            "is "
                + column.type().display()
                + " in column \""
                + field.getName()
                + "\", where the files that were looked at allow "
                + wanted.display());
      }
    }
    for (String name : columns.keySet()) {
      if (projection.complete() && !projection.names().contains(name)) {
        throw refused(
            "has a column \"" + name + "\", which none of the files that were looked at has");
      }
    }
  }

  private ConfigException refused(String what) {
    return new ConfigException(
        "column_unknown",
        "\""
            + ConnectorException.outside(file.path())
            + "\" "
            + ConnectorException.outside(what)
            + ". Set inference to full, or select columns.");
  }

  private String sql(Map<String, ParquetColumn> columns, long end) {
    List<String> selected = new ArrayList<>();
    for (Field field : projection.columns()) {
      ParquetColumn column = columns.get(field.getName());
      LogicalType type = Fields.typeOf(field);
      selected.add(column == null ? ParquetColumn.absent(type) : column.expression(type));
    }
    String from = " FROM " + parquet.table();
    if (!numbered) {
      return "SELECT " + String.join(", ", selected) + from + " OFFSET " + row;
    }
    selected.add(ROW_NUMBER);
    String until = end == Piece.TO_THE_END ? "" : " AND " + ROW_NUMBER + " < " + end;
    return "SELECT "
        + String.join(", ", selected)
        + from
        + " WHERE "
        + ROW_NUMBER
        + " >= "
        + row
        + until;
  }

  private static int batchRows(long bytesPerRow, Tuning tuning) {
    long rows = tuning.batchBytesTarget() / Math.max(1, bytesPerRow);
    return Math.clamp(rows, Math.min(BATCH_ROWS_MIN, tuning.batchRowsMax()), tuning.batchRowsMax());
  }

  @Override
  public synchronized @Nullable RecordBatch next() throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (closed) {
      throw new IOException("closed");
    }
    VectorSchemaRoot root;
    try {
      do {
        if (!arrow.loadNextBatch()) {
          return null;
        }
        root = arrow.getVectorSchemaRoot();
      } while (root.getRowCount() == 0);
    } catch (IOException e) {
      throw ParquetFile.failure(file, e);
    }
    requireOrder(root);
    row += root.getRowCount();
    long bytes = Math.round(bytesPerRow * root.getRowCount());
    return new RecordBatch(
        ArrowTransfer.take(root, projection.columns(), bareNumbers, context.allocator()), bytes);
  }

  private void requireOrder(VectorSchemaRoot root) {
    if (!numbered) {
      return;
    }
    BigIntVector numbers = (BigIntVector) root.getVector(projection.columns().size());
    int last = root.getRowCount() - 1;
    if (numbers.get(0) != row || numbers.get(last) != row + last) {
      throw new SystemException(
          "parquet_order",
          "The rows of \""
              + ConnectorException.outside(file.path())
              + "\" came out of order: "
              + numbers.get(0)
              + " where "
              + row
              + " was expected.");
    }
  }

  @Override
  public Position position() {
    return new Position(row, row + 1);
  }

  @Override
  public void close() {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // Nothing runs.
    }
    closeAll();
  }

  private synchronized void closeAll() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      arrow.close();
      result.close();
      statement.close();
    } catch (IOException | SQLException e) {
      // Only memory was held, which the connection frees.
    }
    parquet.close();
    lease.close();
  }
}
