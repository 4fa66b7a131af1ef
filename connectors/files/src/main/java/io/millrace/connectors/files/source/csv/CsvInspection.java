package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.Texts;
import io.millrace.connectors.files.source.infer.EmptyFiles;
import io.millrace.connectors.files.source.infer.Parallel;
import io.millrace.connectors.files.source.infer.SampleFiles;
import io.millrace.connectors.files.source.infer.Thoroughness;
import io.millrace.connectors.files.source.infer.TypeGuess;
import io.millrace.connectors.files.source.table.Piece;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.connectors.files.source.table.TableColumn;
import io.millrace.connectors.files.source.table.TableShape;
import io.millrace.spi.ConnectorContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Finds out the dialect of texts, and the names and types of their columns. */
final class CsvInspection {
  /** Local texts of so many bytes together are looked through in full: it takes a second or two. */
  static final long FULL_BYTES_MAX = 1L << 30;

  private static final int SPREAD_BLOCKS = 48;
  private static final int SPREAD_BLOCK_BYTES = 256 << 10;

  private final Texts texts;
  private final CsvOptions options;
  private final ConnectorContext context;
  private final Thoroughness thoroughness;
  private final CsvCuts cuts;
  private volatile @Nullable Dialect dialect;

  CsvInspection(
      Texts texts,
      CsvOptions options,
      ConnectorContext context,
      Thoroughness thoroughness,
      CsvCuts cuts) {
    this.texts = texts;
    this.options = options;
    this.context = context;
    this.thoroughness = thoroughness;
    this.cuts = cuts;
  }

  /** Returns the dialect that {@link #inspect} found. */
  Dialect dialect() {
    Dialect found = dialect;
    if (found == null) {
      throw new IllegalStateException("inspect() comes first");
    }
    return found;
  }

  TableShape inspect(List<FileVersion> files) throws InterruptedException {
    List<FileVersion> filled = EmptyFiles.without(files, context.notices());
    SampleFiles.Choice choice = SampleFiles.of(filled, thoroughness, texts, FULL_BYTES_MAX);
    Dialect found = findDialect(filled.getFirst());
    dialect = found;
    List<Callable<FileColumns>> tasks = new ArrayList<>();
    for (FileVersion file : choice.files()) {
      tasks.addAll(tasks(file, found, choice.full()));
    }
    return shape(Parallel.call(tasks), filled);
  }

  private Dialect findDialect(FileVersion file) throws InterruptedException {
    try (CsvSample sample = CsvSample.open(texts, file, options)) {
      return sample.dialect(options);
    }
  }

  /** What some bytes of one file tell about its columns. */
  private record FileColumns(List<String> names, ColumnSurvey survey, double rowsPerByte) {}

  private List<Callable<FileColumns>> tasks(FileVersion file, Dialect found, boolean whole)
      throws InterruptedException {
    List<Callable<FileColumns>> tasks = new ArrayList<>();
    if (!whole) {
      tasks.add(() -> sampled(file, found));
      return tasks;
    }
    List<Position> starts = cuts.of(file, found);
    for (int i = 0; i < starts.size(); i++) {
      long from = starts.get(i).offset();
      long end = i + 1 < starts.size() ? starts.get(i + 1).offset() : Piece.TO_THE_END;
      tasks.add(() -> whole(file, found, from, end));
    }
    return tasks;
  }

  private FileColumns whole(FileVersion file, Dialect found, long from, long end)
      throws InterruptedException {
    try (CsvSample sample = CsvSample.open(texts, file, options)) {
      CsvHead head = sample.head(options, found);
      ColumnSurvey survey = survey(found, head);
      long start = Math.max(from, head.data().offset());
      long length = end == Piece.TO_THE_END ? Long.MAX_VALUE : end - start;
      if (start <= sample.length()) {
        survey.survey(sample.rest(start), length, true);
      } else {
        try (InputStream input = texts.text(file, options.encoding(), start).input()) {
          survey.survey(input, length, true);
        }
      }
      return columns(head, survey);
    } catch (IOException e) {
      throw Content.failure(file, e);
    }
  }

  private FileColumns sampled(FileVersion file, Dialect found) throws InterruptedException {
    try (CsvSample sample = CsvSample.open(texts, file, options)) {
      sample.fillUp();
      CsvHead head = sample.head(options, found);
      ColumnSurvey survey = survey(found, head);
      survey.survey(sample.sample(head.data().offset()), Long.MAX_VALUE, sample.isWhole());
      if (sample.direct() && texts.isLocal(file) && !sample.isWhole()) {
        spread(file, found, head, survey);
      }
      return columns(head, survey);
    } catch (IOException e) {
      throw Content.failure(file, e);
    }
  }

  /** Looks at blocks in the middle; one that does not begin where it seems to is left out. */
  private void spread(FileVersion file, Dialect found, CsvHead head, ColumnSurvey survey)
      throws IOException, InterruptedException {
    for (int i = 1; i <= SPREAD_BLOCKS; i++) {
      long offset = file.size() / (SPREAD_BLOCKS + 1) * i;
      try (InputStream input = texts.text(file, options.encoding(), offset).input()) {
        ColumnSurvey block = survey(found, head);
        skipLine(input, found.newline());
        long malformed = block.survey(input, SPREAD_BLOCK_BYTES, false);
        if (malformed == 0) {
          survey.merge(block);
        }
      }
    }
  }

  private static void skipLine(InputStream input, byte newline) throws IOException {
    int read = input.read();
    for (int i = 0; i < SPREAD_BLOCK_BYTES && read >= 0 && (byte) read != newline; i++) {
      read = input.read();
    }
  }

  private ColumnSurvey survey(Dialect found, CsvHead head) {
    return new ColumnSurvey(found, head.names().size(), options);
  }

  private static FileColumns columns(CsvHead head, ColumnSurvey survey) {
    double rowsPerByte = survey.bytes() == 0 ? 0 : (double) survey.rows() / survey.bytes();
    return new FileColumns(head.names(), survey, rowsPerByte);
  }

  private TableShape shape(List<FileColumns> parts, List<FileVersion> files) {
    Map<String, TypeGuess> guesses = new LinkedHashMap<>();
    double rowsPerByte = 0;
    for (FileColumns part : parts) {
      for (int i = 0; i < part.names.size(); i++) {
        guesses
            .computeIfAbsent(part.names.get(i), name -> new TypeGuess())
            .merge(part.survey.guesses().get(i));
      }
      rowsPerByte += part.rowsPerByte / parts.size();
    }
    List<TableColumn> columns = new ArrayList<>(guesses.size());
    guesses.forEach((name, guess) -> columns.add(new TableColumn(name, guess.type())));
    long bytes = files.stream().mapToLong(FileVersion::size).sum();
    return new TableShape(columns, bytes < 0 ? -1 : Math.round(bytes * rowsPerByte));
  }
}
