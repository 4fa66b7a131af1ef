package io.millrace.testkit.example;

import io.millrace.spi.ConfigException;
import io.millrace.spi.StreamName;
import io.millrace.spi.TransientException;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One file. Its first line names the columns, each with its type: {@code id:int64}, tab, {@code
 * name:text}. Rows are only ever appended.
 *
 * @param path the file
 * @param schema its columns
 * @param firstRow the byte at which the first row begins
 */
record TsvFile(Path path, Schema schema, long firstRow) {
  static final String SUFFIX = ".tsv";

  static TsvFile open(Path path) {
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      String header = reader.readLine();
      if (header == null) {
        throw new ConfigException(
            "no_header", "The file " + path.getFileName() + " is empty; it needs a header line.");
      }
      List<Field> fields = new ArrayList<>();
      for (String column : header.split("\t")) {
        fields.add(field(column));
      }
      return new TsvFile(
          path, new Schema(fields), header.getBytes(StandardCharsets.UTF_8).length + 1L);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static Field field(String column) {
    int colon = column.lastIndexOf(':');
    String name = column.substring(0, Math.max(0, colon));
    return switch (column.substring(colon + 1)) {
      case "int64" -> Fields.of(name, new LogicalType.Int(64));
      case "text" -> Fields.of(name, new LogicalType.Text());
      default ->
          throw new ConfigException(
              "no_such_type",
              "The column \"" + column + "\" must end with :int64 or :text in the header line.");
    };
  }

  StreamName name() {
    String file = path.getFileName().toString();
    return new StreamName(null, file.substring(0, file.length() - SUFFIX.length()));
  }

  /** Returns the byte behind the last whole line: a line still being written is left for later. */
  long end() {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long end = file.length();
      while (end > firstRow) {
        file.seek(end - 1);
        if (file.read() == '\n') {
          break;
        }
        end--;
      }
      return Math.max(end, firstRow);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static TransientException unreadable(Path path, IOException cause) {
    return new TransientException(
        "file_unreadable",
        "The file " + path + " cannot be read at the moment.",
        String.valueOf(cause),
        cause);
  }
}
