package io.millrace.connectors.files.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.codec.JsonRowReader;
import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.InputWindow;
import io.millrace.connectors.files.source.fetch.LineWindow;
import io.millrace.connectors.files.source.infer.EmptyFiles;
import io.millrace.connectors.files.source.infer.Parallel;
import io.millrace.connectors.files.source.infer.SampleFiles;
import io.millrace.connectors.files.source.infer.Thoroughness;
import io.millrace.connectors.files.source.table.TableColumn;
import io.millrace.connectors.files.source.table.TableShape;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Finds the keys of objects in files, and the types that take their values. */
final class JsonInspection {
  /** Local files of so many bytes together are looked through in full: it takes a second or two. */
  static final long FULL_BYTES_MAX = 128L << 20;

  private static final long SAMPLE_BYTES = 4L << 20;
  private static final int SPREAD_BLOCKS = 32;
  private static final long SPREAD_BLOCK_BYTES = 256L << 10;

  private final Content content;
  private final JsonFormat.Layout layout;
  private final Optional<Charset> encoding;
  private final ConnectorContext context;
  private final Thoroughness thoroughness;

  JsonInspection(
      Content content,
      JsonFormat.Layout layout,
      Optional<Charset> encoding,
      ConnectorContext context,
      Thoroughness thoroughness) {
    this.content = content;
    this.layout = layout;
    this.encoding = encoding;
    this.context = context;
    this.thoroughness = thoroughness;
  }

  TableShape inspect(List<FileVersion> files) throws InterruptedException {
    List<FileVersion> filled = EmptyFiles.without(files, context.notices());
    SampleFiles.Choice choice = SampleFiles.of(filled, thoroughness, content, FULL_BYTES_MAX);
    List<Callable<JsonSurvey>> tasks = new ArrayList<>();
    for (FileVersion file : choice.files()) {
      tasks.add(() -> survey(file, choice.full()));
    }
    JsonSurvey all = new JsonSurvey();
    Parallel.call(tasks).forEach(all::merge);
    List<TableColumn> columns = all.columns();
    if (columns.isEmpty()) {
      throw new ConfigException(
          "json_no_objects",
          "\""
              + ConnectorException.outside(filled.getFirst().path())
              + "\" holds no JSON object with a key, so there is no column.");
    }
    long bytes = filled.stream().mapToLong(FileVersion::size).sum();
    return new TableShape(columns, bytes < 0 ? -1 : Math.round(bytes * all.rowsPerByte()));
  }

  private JsonSurvey survey(FileVersion file, boolean full) throws InterruptedException {
    JsonSurvey survey = new JsonSurvey();
    Content.Text text = content.text(file, encoding, 0);
    long bytes = full ? Long.MAX_VALUE : SAMPLE_BYTES;
    try (InputStream input = text.input()) {
      if (layout == JsonFormat.Layout.DOCUMENT) {
        document(file, input, bytes, survey);
        return survey;
      }
      lines(input, bytes, survey);
      if (!full && text.direct() && content.isLocal(file) && file.size() > SAMPLE_BYTES) {
        spread(file, survey);
      }
      return survey;
    } catch (IOException e) {
      throw Content.failure(file, e);
    }
  }

  private static void document(
      FileVersion file, InputStream input, long bytesMax, JsonSurvey survey) throws IOException {
    try (JsonDocument document = new JsonDocument(file, input)) {
      try {
        while (document.bytes() < bytesMax && document.advance()) {
          if (document.parser().currentToken() == JsonToken.START_OBJECT) {
            survey.object(document.parser());
          } else {
            document.parser().skipChildren();
          }
        }
        survey.addBytes(document.bytes());
      } catch (JsonProcessingException e) {
        throw document.invalid(e);
      }
    }
  }

  private static void lines(InputStream input, long bytesMax, JsonSurvey survey)
      throws IOException {
    LineWindow lines = new LineWindow(new InputWindow(input, Long.MAX_VALUE), 0, 1);
    while (lines.offset() < bytesMax && lines.advance()) {
      int start = JsonLine.start(lines.data(), lines.start(), lines.end(), lines.nextLine() == 2);
      if (!lines.isEndless() && start < lines.end()) {
        line(lines.data(), start, lines.end() - start, survey);
      }
    }
    survey.addBytes(lines.offset());
  }

  /** A line that is no JSON object is not looked at; reading it tells what is wrong with it. */
  private static void line(byte[] data, int start, int length, JsonSurvey survey)
      throws IOException {
    JsonSurvey one = new JsonSurvey();
    try (JsonParser parser = JsonRowReader.factory().createParser(data, start, length)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        one.object(parser);
        survey.merge(one);
      }
    } catch (JsonProcessingException e) {
      // What this line holds decides nothing.
    }
  }

  private void spread(FileVersion file, JsonSurvey survey)
      throws IOException, InterruptedException {
    for (int i = 1; i <= SPREAD_BLOCKS; i++) {
      long offset = file.size() / (SPREAD_BLOCKS + 1) * i;
      try (InputStream input = content.text(file, encoding, offset).input()) {
        // The first line is most likely cut; it is no object then, and not looked at.
        lines(input, SPREAD_BLOCK_BYTES, survey);
      }
    }
  }
}
