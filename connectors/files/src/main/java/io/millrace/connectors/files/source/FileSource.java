package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.FileTokens.Planned;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.table.Piece;
import io.millrace.connectors.files.source.table.PieceReader;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.connectors.files.source.table.Projection;
import io.millrace.connectors.files.source.table.TableColumn;
import io.millrace.connectors.files.source.table.TableShape;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.Resumption;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.type.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The files of one pattern, as one stream. */
final class FileSource implements Source {
  /** Later files hold later rows, which decides among rows of one key. */
  private static final Comparator<FileVersion> EXTRACTION_ORDER =
      Comparator.comparingLong(FileVersion::modifiedMicros).thenComparing(FileVersion::path);

  private final FileSet files;

  FileSource(FileSet files) {
    this.files = files;
  }

  @Override
  public void check() throws InterruptedException {
    List<FileVersion> all = files.list();
    FileVersion filled =
        all.stream().filter(file -> file.size() != 0).findFirst().orElse(all.getFirst());
    files.inspect(List.of(filled));
  }

  @Override
  public void discover(Consumer<StreamDescriptor> found) throws InterruptedException {
    List<FileVersion> all = files.list();
    TableShape shape = files.inspect(all);
    List<Field> fields = new ArrayList<>();
    for (TableColumn column : shape.columns()) {
      fields.add(Fields.of(column.name(), column.type()));
    }
    found.accept(
        new StreamDescriptor(
            new StreamName(null, files.streamName()),
            new Schema(fields),
            List.of(),
            List.of(),
            true,
            true,
            shape.estimatedRows(),
            bytes(all)));
  }

  @Override
  public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state)
      throws InterruptedException {
    files.requireName(stream.name());
    List<FileVersion> all = files.list();
    TableShape shape = files.inspect(all);
    List<Field> columns = files.columns(stream, shape);
    List<FileVersion> unread =
        stream.mode().incremental() ? FileHistory.read(state).unread(all) : all;
    List<Partition> partitions = new ArrayList<>();
    for (FileVersion file : unread.stream().sorted(EXTRACTION_ORDER).toList()) {
      List<Piece> pieces = files.format(file).cut(file);
      for (int i = 0; i < pieces.size(); i++) {
        partitions.add(partition(pieces.get(i), i, columns, shape, bytes(all)));
      }
    }
    return new StreamPlan(new Schema(columns), partitions);
  }

  private Partition partition(
      Piece piece, int ordinal, List<Field> columns, TableShape shape, long allBytes)
      throws InterruptedException {
    long size = piece.file().size();
    long end = piece.end() == Piece.TO_THE_END ? size : piece.end();
    long bytes =
        files.format(piece.file()).countsBytes()
            ? Math.max(-1, end - piece.start().offset())
            : size;
    long rows =
        allBytes <= 0 || shape.estimatedRows() < 0 || bytes < 0
            ? -1
            : Math.round((double) shape.estimatedRows() * bytes / allBytes);
    boolean complete = columns.size() == shape.columns().size();
    Planned planned =
        new Planned(piece, ordinal, columns.stream().map(Fields::typeOf).toList(), complete);
    return FileTokens.partition(planned, files.label(piece.file()), rows, bytes);
  }

  @Override
  public Resumption resume(
      ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress)
      throws InterruptedException {
    if (progress.isEmpty()) {
      return new Resumption.Continue(plan(stream, state));
    }
    Interrupted interrupted = Interrupted.of(progress, files.listIfAny());
    String changed = interrupted.changed();
    if (changed != null && stream.mode().writeMode().staged()) {
      return new Resumption.Restart(changed, plan(stream, state));
    }
    List<Partition> partitions = interrupted.rest(files::label);
    Projection projection = projection(stream, FileTokens.planned(partitions.getFirst()));
    return new Resumption.Continue(new StreamPlan(new Schema(projection.columns()), partitions));
  }

  @Override
  public PartitionReader read(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from)
      throws InterruptedException {
    Planned planned = FileTokens.planned(partition);
    Piece piece = planned.piece();
    Position start = from == null ? piece.start() : FileTokens.position(from);
    FileVersion file = piece.file();
    PieceReader reader =
        files.format(file).open(piece, projection(stream, planned), start, files.label(file));
    return new FilePartitionReader(files.storage(), file, reader);
  }

  @Override
  public StreamState advance(
      ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
    FileHistory history = FileHistory.read(stream.mode().incremental() ? before : null);
    history.add(
        finished.stream()
            .map(done -> FileTokens.planned(done.partition()).piece().file())
            .toList());
    return history.write();
  }

  @Override
  public void close() {
    files.close();
  }

  private static Projection projection(ConfiguredStream stream, Planned planned) {
    List<Field> columns = new ArrayList<>(stream.columns().size());
    for (int i = 0; i < stream.columns().size(); i++) {
      columns.add(Fields.of(stream.columns().get(i), planned.types().get(i)));
    }
    return new Projection(columns, planned.complete());
  }

  private static long bytes(List<FileVersion> files) {
    long bytes = 0;
    for (FileVersion file : files) {
      if (file.size() < 0) {
        return -1;
      }
      bytes += file.size();
    }
    return bytes;
  }
}
