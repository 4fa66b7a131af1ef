package io.millrace.connectors.files.source.json;

import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.infer.Thoroughness;
import io.millrace.connectors.files.source.table.Piece;
import io.millrace.connectors.files.source.table.PieceReader;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.connectors.files.source.table.Projection;
import io.millrace.connectors.files.source.table.TableFormat;
import io.millrace.connectors.files.source.table.TableShape;
import io.millrace.spi.ConnectorContext;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON: one object a line, or an array of objects, or objects one behind the other. */
public final class JsonFormat implements TableFormat {
  /** How objects stand in a file. */
  public enum Layout {
    /** One a line. */
    LINES,
    /** In an array, or one behind the other. */
    DOCUMENT
  }

  private final Content content;
  private final Layout layout;
  private final Optional<Charset> encoding;
  private final ConnectorContext context;
  private final JsonInspection inspection;
  private final LineCuts cuts;

  /**
   * @param encoding the encoding; empty: by the byte order mark, or UTF-8
   * @param thoroughness how much is looked at before types are chosen
   */
  public JsonFormat(
      Content content,
      Layout layout,
      Optional<Charset> encoding,
      ConnectorContext context,
      Thoroughness thoroughness) {
    this.content = content;
    this.layout = layout;
    this.encoding = encoding;
    this.context = context;
    this.inspection = new JsonInspection(content, layout, encoding, context, thoroughness);
    this.cuts = new LineCuts(content, encoding);
  }

  @Override
  public TableShape inspect(List<FileVersion> files) throws InterruptedException {
    return inspection.inspect(files);
  }

  @Override
  public List<Piece> cut(FileVersion file) throws InterruptedException {
    List<Position> starts = layout == Layout.LINES ? cuts.of(file) : List.of(Position.START);
    List<Piece> pieces = new ArrayList<>(starts.size());
    for (int i = 0; i < starts.size(); i++) {
      long end = i + 1 < starts.size() ? starts.get(i + 1).offset() : Piece.TO_THE_END;
      pieces.add(new Piece(file, starts.get(i), end, ""));
    }
    return pieces;
  }

  @Override
  public boolean countsBytes() {
    return layout == Layout.LINES;
  }

  @Override
  public PieceReader open(Piece piece, Projection projection, Position from, String label)
      throws InterruptedException {
    JsonRows rows = new JsonRows(projection, context, label);
    if (layout == Layout.LINES) {
      Content.Text text = content.text(piece.file(), encoding, from.offset());
      long length =
          piece.end() == Piece.TO_THE_END
              ? Long.MAX_VALUE
              : Math.max(0, piece.end() - from.offset());
      return new JsonLinesReader(rows, text.input(), length, from);
    }
    boolean nothing = piece.end() != Piece.TO_THE_END;
    Content.Text text = content.text(piece.file(), encoding, 0);
    try {
      return new JsonDocumentReader(rows, piece.file(), text.input(), from, nothing);
    } catch (IOException e) {
      throw Content.failure(piece.file(), e);
    }
  }
}
