package io.millrace.connectors.files.source.parquet;

import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.Spool;
import io.millrace.connectors.files.source.infer.EmptyFiles;
import io.millrace.connectors.files.source.infer.Thoroughness;
import io.millrace.connectors.files.source.table.Piece;
import io.millrace.connectors.files.source.table.PieceReader;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.connectors.files.source.table.Projection;
import io.millrace.connectors.files.source.table.TableColumn;
import io.millrace.connectors.files.source.table.TableFormat;
import io.millrace.connectors.files.source.table.TableShape;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Notice;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.Widening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parquet files. Positions count rows; pieces are row groups. */
public final class ParquetFormat implements TableFormat {
  private static final long PIECE_ROWS_MIN = 250_000;
  private static final int PIECES_WANTED = 8;

  private final Spool spool;
  private final ConnectorContext context;
  private final Thoroughness thoroughness;

  /**
   * @param thoroughness how many files are looked at
   */
  public ParquetFormat(Spool spool, ConnectorContext context, Thoroughness thoroughness) {
    this.spool = spool;
    this.context = context;
    this.thoroughness = thoroughness;
  }

  @Override
  public TableShape inspect(List<FileVersion> files) throws InterruptedException {
    List<FileVersion> filled = EmptyFiles.without(files, context.notices());
    List<FileVersion> looked = ParquetSample.of(filled, thoroughness, spool);
    Map<String, LogicalType> types = new LinkedHashMap<>();
    long rows = 0;
    for (FileVersion file : looked) {
      rows += look(file, types);
    }
    List<TableColumn> columns = new ArrayList<>(types.size());
    types.forEach((name, type) -> columns.add(new TableColumn(name, type)));
    return new TableShape(columns, rows * filled.size() / looked.size());
  }

  private long look(FileVersion file, Map<String, LogicalType> types) throws InterruptedException {
    try (Spool.Lease lease = spool.lease(file);
        ParquetFile parquet = ParquetFile.open(file, lease.path(), context.tempDirectory())) {
      for (ParquetColumn column : parquet.columns()) {
        types.merge(column.name(), column.type(), Widening::join);
      }
      Set<String> int96 = parquet.int96Columns();
      if (!int96.isEmpty()) {
        context.notices().accept(int96Notice(file, int96));
      }
      return parquet.rowGroups().stream().mapToLong(Long::longValue).sum();
    }
  }

  private static Notice int96Notice(FileVersion file, Set<String> columns) {
    return new Notice(
        "int96_microseconds",
        null,
        "\""
            + file.path()
            + "\" has timestamps of the old 96-bit kind ("
            + String.join(", ", columns)
            + "). They are read to the microsecond; finer digits, if there are any, are cut.");
  }

  @Override
  public List<Piece> cut(FileVersion file) throws InterruptedException {
    List<Long> groups = List.of();
    if (file.size() != 0) {
      try (Spool.Lease lease = spool.lease(file);
          ParquetFile parquet = ParquetFile.open(file, lease.path(), context.tempDirectory())) {
        boolean named = parquet.columns().stream().anyMatch(ParquetReader::hidesRowNumbers);
        groups = named ? List.of() : parquet.rowGroups();
      }
    }
    return pieces(file, groups);
  }

  private static List<Piece> pieces(FileVersion file, List<Long> groups) {
    long all = groups.stream().mapToLong(Long::longValue).sum();
    long wanted = Math.max(PIECE_ROWS_MIN, all / PIECES_WANTED);
    List<Piece> pieces = new ArrayList<>();
    long start = 0;
    long row = 0;
    for (long rows : groups) {
      row += rows;
      if (row - start >= wanted && row < all) {
        pieces.add(new Piece(file, new Position(start, start + 1), row, ""));
        start = row;
      }
    }
    pieces.add(new Piece(file, new Position(start, start + 1), Piece.TO_THE_END, ""));
    return pieces;
  }

  @Override
  public boolean countsBytes() {
    return false;
  }

  @Override
  public PieceReader open(Piece piece, Projection projection, Position from, String label)
      throws InterruptedException {
    if (piece.file().size() == 0 || piece.end() == 0) {
      return new NoRows(from);
    }
    Spool.Lease lease = spool.lease(piece.file());
    try {
      return ParquetReader.open(piece, projection, from, lease, context);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }
}
