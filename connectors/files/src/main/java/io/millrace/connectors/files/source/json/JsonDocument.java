package io.millrace.connectors.files.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.codec.JsonRowReader;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;

/** The values of a document: the items of its arrays, and what stands outside of arrays. */
final class JsonDocument implements AutoCloseable {
  private final FileVersion file;
  private final JsonParser parser;
  private boolean inArray;

  JsonDocument(FileVersion file, InputStream input) throws IOException {
    this.file = file;
    this.parser = JsonRowReader.factory().createParser(input);
  }

  /**
   * Goes on to the next value.
   *
   * @return false at the end of the document
   */
  boolean advance() throws IOException {
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return false;
      }
      if (token == JsonToken.START_ARRAY && !inArray) {
        inArray = true;
      } else if (token == JsonToken.END_ARRAY && inArray) {
        inArray = false;
      } else {
        return true;
      }
    }
  }

  /** Returns the parser, which stands at the beginning of the value. */
  JsonParser parser() {
    return parser;
  }

  /** Returns the line of the value. */
  long line() {
    return parser.currentTokenLocation().getLineNr();
  }

  /** Returns the bytes read so far. */
  long bytes() {
    return Math.max(0, parser.currentLocation().getByteOffset());
  }

  /** Returns the failure that invalid JSON means: what follows cannot be told apart. */
  ConfigException invalid(JsonProcessingException cause) {
    String line = cause.getLocation() == null ? "" : " in line " + cause.getLocation().getLineNr();
    return new ConfigException(
        "json_invalid",
        "\""
            + ConnectorException.outside(file.path())
            + "\" is not valid JSON"
            + line
            + ": "
            + ConnectorException.outside(cause.getOriginalMessage())
            + ". Correct the file; set format to jsonl if it has one object a line.",
        String.valueOf(cause.getMessage()),
        cause);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      // Nothing is lost: the document was only read.
    }
  }
}
