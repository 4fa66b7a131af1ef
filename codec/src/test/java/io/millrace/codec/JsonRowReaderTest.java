package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.codec.JsonRowReader.UnknownKeys;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.LogicalType.ListOf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRowReaderTest {
  private static final LogicalType INT = new LogicalType.Int(32);
  private static final LogicalType TEXT = new LogicalType.Text();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "int8 | 128",
        "int8 | -129",
        "int32 | 2147483648",
        "int64 | 9223372036854775808",
        "int64 | -9223372036854775809",
        "int64 | 1.5",
        "int64 | 1e999999999",
        "int64 | 1e-999999999",
        "int64 | true",
        "int64 | \"\"",
        "int64 | \"007\"",
        "int64 | \" 7\"",
        "int64 | [1]",
        "boolean | 1",
        "boolean | \"true\"",
        "float64 | 9007199254740993",
        "float64 | 0.1234567890123456789",
        "float64 | 1e400",
        "float64 | 1e-400",
        "float64 | \"1\"",
        "float32 | 16777217",
        "float32 | 0.123456789",
        "float32 | 1e39",
        "decimal | 0.001",
        "decimal | 1000",
        "decimal | -999.999",
        "decimal | \"x\"",
        "decimal | \"Infinity\"",
        "decimal | 1e999999999",
        "decimal | 1e-999999999",
        "date | \"2025-02-29\"",
        "date | \"1900-02-29\"",
        "date | \"2025-13-01\"",
        "date | \"2025-1-01\"",
        "date | \"2025-10-16T00:00:00\"",
        "date | \"0000-01-01 BC\"",
        "date | \"5881580-07-12\"",
        "date | \"٢٠٢٥-10-16\"",
        "date | 20251016",
        "time | \"24:00:01\"",
        "time | \"12:60\"",
        "time | \"12:00:60\"",
        "time | \"12:00:00.1234567\"",
        "time | \"12:00:00Z\"",
        "timestamp | \"2025-10-16T12:00:00Z\"",
        "timestamp | \"2025-10-16T24:00:00\"",
        "timestamp | \"294247-12-31T00:00:00\"",
        "timestamp | \"2025-10-16T12:00:00.\"",
        "timestamptz | \"2025-10-16T12:00:00\"",
        "timestamptz | \"2025-10-16\"",
        "timestamptz | \"2025-10-16T12:00:00+24\"",
        "timestamptz | 1760616000",
        "uuid | \"123e4567e89b12d3a456426614174000\"",
        "uuid | \"g23e4567-e89b-12d3-a456-426614174000\"",
        "uuid | \"123e4567-e89b-12d3-a456-42661417400\"",
        "binary | \"A\"",
        "binary | \"_-8=\"",
        "binary | \"\\\\x0\"",
        "binary | \"\\\\x0g\"",
        "text | \"\\ud800\"",
        "text | \"\\udc00x\"",
        "json | [\"\\ud800\"]",
        "list | 1",
        "list | [1,\"x\"]",
        "vector | [1]",
        "vector | [1,2,3]",
        "vector | [1,null]",
        "struct | []",
        "struct | {\"b\":1}",
        "struct | {\"a\":1,\"a\":2}",
      })
  void reportsWhatDoesNotFit(String type, String json) {
    Batches.with(
        typeOf(type),
        root -> {
          JsonRowReader reader = JsonRowReader.into(root, UnknownKeys.REFUSE);
          byte[] bytes = Batches.bytes("{\"v\":" + json + "}");
          Misfit misfit = reader.read(bytes, 0, bytes.length, 0);
          assertThat(misfit).isNotNull();
          assertThat(misfit.column()).isEqualTo("v");
          assertThat(misfit.reason()).startsWith("Expected ").endsWith(".");
        });
  }

  /** Other programs' catalogs say base64. */
  @Test
  void readsBytesAsHexAndAsBase64() {
    Batches.with(
        new LogicalType.Binary(),
        root -> {
          JsonRowReader reader = JsonRowReader.into(root, UnknownKeys.REFUSE);
          List<String> given = List.of("AP8=", "\\\\x00ff", "\\\\x00FF", "", "\\\\x");
          for (int row = 0; row < given.size(); row++) {
            byte[] bytes = Batches.bytes("{\"v\":\"" + given.get(row) + "\"}");
            assertThat(reader.read(bytes, 0, bytes.length, row)).isNull();
          }
          VarBinaryVector vector = (VarBinaryVector) root.getVector(0);
          for (int row = 0; row < 3; row++) {
            assertThat(vector.get(row)).containsExactly(0, 0xff);
          }
          assertThat(vector.get(3)).isEmpty();
          assertThat(vector.get(4)).isEmpty();
        });
  }

  private static LogicalType typeOf(String name) {
    return switch (name) {
      case "boolean" -> new LogicalType.Bool();
      case "int8" -> new LogicalType.Int(8);
      case "int32" -> INT;
      case "int64" -> new LogicalType.Int(64);
      case "float32" -> new LogicalType.Real(32);
      case "float64" -> new LogicalType.Real(64);
      case "decimal" -> new LogicalType.Decimal(5, 2);
      case "date" -> new LogicalType.Date();
      case "time" -> new LogicalType.Time();
      case "timestamp" -> new LogicalType.Timestamp();
      case "timestamptz" -> new LogicalType.TimestampTz();
      case "uuid" -> new LogicalType.Uuid();
      case "binary" -> new LogicalType.Binary();
      case "json" -> new LogicalType.Json();
      case "list" -> new ListOf(INT);
      case "vector" -> new LogicalType.Vector(2);
      case "struct" -> new LogicalType.Struct(List.of(new LogicalType.Part("a", INT)));
      default -> TEXT;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "int64 | 5.0 | 5",
        "int64 | 5e2 | 500",
        "int64 | -0 | 0",
        "int64 | \"-7\" | -7",
        "int64 | 9223372036854775807.0 | 9223372036854775807",
        "float64 | 5 | 5.0",
        "float64 | -0 | -0.0",
        "float64 | 9007199254740992 | 9.007199254740992E15",
        "float64 | 0.1000000000000000055511151231257827 | 0.1",
        "float64 | 5e-324 | 4.9E-324",
        "float32 | 16777216 | 1.6777216E7",
        "float32 | 0.1 | 0.1",
        "decimal | 1e2 | 100.00",
        "decimal | \"1.5\" | 1.50",
        "decimal | 999.990000000000000000000000000000 | 999.99",
        "decimal | 0e999999999 | 0.00",
        "decimal | -5 | -5.00",
        "date | \"-0043-03-15\" | \"0044-03-15 BC\"",
        "time | \"12:30\" | \"12:30:00.000000\"",
        "time | \"12:30:00.10000000\" | \"12:30:00.100000\"",
        "timestamp | \"2025-10-16\" | \"2025-10-16T00:00:00.000000\"",
        "timestamp | \"2025-10-16 12:00\" | \"2025-10-16T12:00:00.000000\"",
        "timestamptz | \"2025-10-16T12:00:00+05:30\" | \"2025-10-16T06:30:00.000000Z\"",
        "timestamptz | \"2025-10-16 12:00:00.5-0330\" | \"2025-10-16T15:30:00.500000Z\"",
        "timestamptz | \"2025-01-01T00:00:00+00:00:01\" | \"2024-12-31T23:59:59.000000Z\"",
        "uuid | \"123E4567-E89B-12D3-A456-426614174000\" | \"123e4567-e89b-12d3-a456-426614174000\"",
        "text | 1.50 | \"1.50\"",
        "text | 123456789012345678901234567890 | \"123456789012345678901234567890\"",
        "text | true | \"true\"",
        "text | {\"a\": [1, 2]} | \"{\\\"a\\\":[1,2]}\"",
        "text | \"007\" | \"007\"",
        "struct | {} | {\"a\":null}",
      })
  void acceptsOtherWaysToWriteAValue(String type, String json, String written) {
    Batches.with(
        typeOf(type),
        root -> {
          Batches.fill(root, List.of(json));
          assertThat(Batches.json(root, 0)).isEqualTo(written);
        });
  }

  @Test
  void goesOnAfterAMisfitAsIfItHadNotBeen() {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("t", TEXT),
                Fields.of("l", new ListOf(new ListOf(TEXT))),
                Fields.of("i", INT)));
    Batches.with(
        schema,
        root -> {
          List<Misfit> misfits =
              read(
                  root,
                  "{\"t\":\"one\",\"l\":[[\"a\"],[\"b\",\"c\"]],\"i\":1}",
                  "{\"t\":\"bad\",\"l\":[[\"x\",\"y\"],[\"z\",\"\\ud800\"]],\"i\":2}",
                  "{\"i\":3,\"t\":null,\"l\":[[],[\"d\"]]}",
                  "{\"t\":\"bad\",\"l\":[[\"x\"]],\"i\":\"no\"}");
          assertThat(misfits).extracting(Misfit::column).containsExactly("l", "i");
          assertThat(rows(root))
              .containsExactly(
                  "{\"t\":\"one\",\"l\":[[\"a\"],[\"b\",\"c\"]],\"i\":1}",
                  "{\"t\":null,\"l\":[[],[\"d\"]],\"i\":3}");
        });
  }

  @Test
  void reportsRowsThatAreNoObjects() {
    Schema schema = new Schema(List.of(Fields.of("t", TEXT)));
    Batches.with(
        schema,
        root -> {
          List<Misfit> misfits =
              read(
                  root,
                  "[1]",
                  "",
                  "{\"t\":\"x\"",
                  "{\"t\":\"x\"} 1",
                  "{\"t\":\"x\",}",
                  "{\"t\":\"x\",\"u\":{\"a\":1}}",
                  "{\"t\":\"x\",\"t\":\"y\"}",
                  "{\"t\":NaN}");
          assertThat(misfits).hasSize(8);
          assertThat(misfits.get(5).column()).isEqualTo("u");
          assertThat(misfits.get(6).reason()).isEqualTo("Expected each key once in an object.");
          assertThat(rows(root)).isEmpty();
        });
  }

  @Test
  void leavesUnknownKeysOutOnRequest() {
    Schema schema = new Schema(List.of(Fields.of("t", TEXT)));
    Batches.with(
        schema,
        root -> {
          JsonRowReader reader = JsonRowReader.into(root, UnknownKeys.IGNORE);
          byte[] json = Batches.bytes("{\"u\":{\"t\":[1]},\"t\":\"x\",\"w\":1}");
          assertThat(reader.read(json, 0, json.length, 0)).isNull();
          root.setRowCount(1);
          assertThat(rows(root)).containsExactly("{\"t\":\"x\"}");
        });
  }

  @Test
  void wantsAValueWhereNoneMayBeMissing() {
    Schema schema = new Schema(List.of(Fields.of("t", TEXT, false, null)));
    Batches.with(
        schema,
        root ->
            assertThat(read(root, "{}", "{\"t\":null}"))
                .extracting(Misfit::column)
                .containsExactly("t", "t"));
  }

  @Test
  void readsOneAfterTheOtherFromAParser() {
    Schema schema = new Schema(List.of(Fields.of("i", INT)));
    Batches.with(
        schema,
        root -> {
          String text = "[{\"i\":1},{\"i\":{\"x\":{}},\"y\":[{}]},{\"i\":3}]";
          try (JsonParser parser = JsonRowReader.factory().createParser(text)) {
            JsonRowReader reader = JsonRowReader.into(root, UnknownKeys.REFUSE);
            parser.nextToken();
            int rows = 0;
            int misfits = 0;
            while (parser.nextToken() == JsonToken.START_OBJECT) {
              if (reader.read(parser, rows) == null) {
                rows++;
              } else {
                misfits++;
              }
            }
            root.setRowCount(rows);
            assertThat(misfits).isEqualTo(1);
            assertThat(rows(root)).containsExactly("{\"i\":1}", "{\"i\":3}");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static List<Misfit> read(VectorSchemaRoot root, String... lines) {
    JsonRowReader reader = JsonRowReader.into(root, UnknownKeys.REFUSE);
    List<Misfit> misfits = new ArrayList<>();
    int row = 0;
    for (String line : lines) {
      byte[] json = Batches.bytes(line);
      Misfit misfit = reader.read(json, 0, json.length, row);
      if (misfit == null) {
        row++;
      } else {
        misfits.add(misfit);
      }
    }
    root.setRowCount(row);
    return misfits;
  }

  private static List<String> rows(VectorSchemaRoot root) {
    JsonRowWriter.Rows writer = JsonRowWriter.of(root.getSchema()).bind(root);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < root.getRowCount(); i++) {
      ByteSink sink = new ByteSink(0);
      writer.write(i, sink);
      rows.add(sink.toString());
    }
    return rows;
  }
}
