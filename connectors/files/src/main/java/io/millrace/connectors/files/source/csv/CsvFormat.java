package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.Texts;
import io.millrace.connectors.files.source.infer.Thoroughness;
import io.millrace.connectors.files.source.table.Piece;
import io.millrace.connectors.files.source.table.PieceReader;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.connectors.files.source.table.Projection;
import io.millrace.connectors.files.source.table.TableFormat;
import io.millrace.connectors.files.source.table.TableShape;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Delimiter-separated text: CSV, TSV and their kin. */
public final class CsvFormat implements TableFormat {
  private final Texts texts;
  private final CsvOptions options;
  private final ConnectorContext context;
  private final CsvInspection inspection;
  private final CsvCuts cuts;

  /**
   * @param thoroughness how much is looked at before types are chosen
   */
  public CsvFormat(
      Texts texts, CsvOptions options, ConnectorContext context, Thoroughness thoroughness) {
    this.texts = texts;
    this.options = options;
    this.context = context;
    this.cuts = new CsvCuts(texts, options);
    this.inspection = new CsvInspection(texts, options, context, thoroughness, cuts);
  }

  @Override
  public TableShape inspect(List<FileVersion> files) throws InterruptedException {
    return inspection.inspect(files);
  }

  @Override
  public List<Piece> cut(FileVersion file) throws InterruptedException {
    Dialect dialect = inspection.dialect();
    String detail = CsvDetail.write(dialect);
    List<Position> starts = cuts.of(file, dialect);
    List<Piece> pieces = new ArrayList<>(starts.size());
    for (int i = 0; i < starts.size(); i++) {
      long end = i + 1 < starts.size() ? starts.get(i + 1).offset() : Piece.TO_THE_END;
      pieces.add(new Piece(file, starts.get(i), end, detail));
    }
    return pieces;
  }

  @Override
  public boolean countsBytes() {
    return true;
  }

  @Override
  public PieceReader open(Piece piece, Projection projection, Position from, String label)
      throws InterruptedException {
    Dialect dialect = CsvDetail.read(piece.detail(), options);
    CsvSample sample = CsvSample.open(texts, piece.file(), options);
    try {
      CsvHead head = sample.isEmpty() ? null : sample.head(options, dialect);
      if (head == null) {
        return new CsvPieceReader(
            emptyTable(projection.columns(), dialect, label), context, sample.rest(0), 0, from);
      }
      requireKnown(head, projection, piece.file());
      CsvTable table =
          new CsvTable(
              dialect,
              head.names().size(),
              projection.columns(),
              head.places(projection.names()),
              options.nullTexts(),
              label,
              sample.charset());
      Position start = from.offset() < head.data().offset() ? head.data() : from;
      long length =
          piece.end() == Piece.TO_THE_END
              ? Long.MAX_VALUE
              : Math.max(0, piece.end() - start.offset());
      return new CsvPieceReader(
          table, context, input(piece.file(), sample, start.offset()), length, start);
    } catch (IOException e) {
      sample.close();
      throw Content.failure(piece.file(), e);
    } catch (RuntimeException | Error | InterruptedException e) {
      sample.close();
      throw e;
    }
  }

  private static void requireKnown(CsvHead head, Projection projection, FileVersion file) {
    String unknown = projection.complete() ? head.unknown(projection.names()) : null;
    if (unknown != null) {
      throw new ConfigException(
          "column_unknown",
          "\""
              + ConnectorException.outside(file.path())
              + "\" has a column \""
              + ConnectorException.outside(unknown)
              + "\", which none of the files has that were looked at. Set inference to full, or"
              + " select columns.");
    }
  }

  private static CsvTable emptyTable(List<Field> columns, Dialect dialect, String label) {
    List<Integer> absent = columns.stream().map(column -> -1).toList();
    return new CsvTable(dialect, 1, columns, absent, NullTexts.NONE, label, "UTF-8");
  }

  private InputStream input(FileVersion file, CsvSample sample, long offset)
      throws IOException, InterruptedException {
    if (offset <= sample.length()) {
      return sample.rest(offset);
    }
    if (sample.direct()) {
      sample.close();
      return texts.text(file, options.encoding(), offset).input();
    }
    InputStream rest = sample.rest(sample.length());
    Content.skip(rest, offset - sample.length());
    return rest;
  }
}
