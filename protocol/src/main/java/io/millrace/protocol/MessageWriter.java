package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.codec.ByteSink;
import io.millrace.spi.SystemException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;

/**
 * Writes protocol messages, each one line of UTF-8. Thread-safe: a message is written whole.
 *
 * <p>A failing stream means that nobody listens any more; it surfaces as a {@link SystemException}.
 */
public final class MessageWriter {
  private static final int BUFFER_BYTES = 1 << 16;

  private final BufferedOutputStream out;
  private JsonGenerator json;
  private final Clock clock;

  /** Makes a writer. The stream stays open; see {@link #flush}. */
  public MessageWriter(OutputStream out, Clock clock) {
    this.clock = clock;
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    this.json = generator();
  }

  /** Writes the fields of one message. */
  @FunctionalInterface
  interface Body {
    /** Writes the fields that follow {@code type}. */
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes one message of a type and hands it on at once. */
  void message(String type, Body body) {
    bufferedMessage(type, body);
    flush();
  }

  /** Writes one message of a type; it may wait in a buffer. */
  synchronized void bufferedMessage(String type, Body body) {
    try {
      json.writeStartObject();
      json.writeStringField("type", type);
      body.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Writes a message piece by piece. */
  @FunctionalInterface
  interface Pieces {
    /** Writes the whole line, its end included. */
    void write(JsonGenerator json) throws IOException, InterruptedException;
  }

  /**
   * Lets nobody else write until the pieces of a message are written. A failure in between leaves a
   * line that is no message.
   */
  synchronized void exclusively(Pieces pieces) throws InterruptedException {
    boolean whole = false;
    try {
      pieces.write(json);
      whole = true;
    } catch (IOException | UncheckedIOException e) {
      throw unwritable(e);
    } finally {
      if (!whole) {
        breakOff();
      }
    }
  }

  /** Ends the line without ending its message; a new generator knows nothing of what was open. */
  private void breakOff() {
    try {
      json.flush();
      out.write('\n');
    } catch (IOException e) {
      throw unwritable(e);
    }
    json = generator();
  }

  private JsonGenerator generator() {
    try {
      return new JsonMapper(new JsonFactory())
          .getFactory()
          .createGenerator(out)
          .setRootValueSeparator(new SerializedString(""))
          .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Writes whole lines that are messages already; they may wait in a buffer. */
  synchronized void lines(ByteSink lines) {
    try {
      json.flush();
      lines.writeTo(out);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Hands on everything written so far. */
  public synchronized void flush() {
    try {
      json.flush();
      out.flush();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Returns now, in milliseconds since 1970. */
  long nowMillis() {
    return clock.millis();
  }

  private static SystemException unwritable(Exception e) {
    return new SystemException(
        "stdout_closed", "Nobody reads the messages any more.", String.valueOf(e.getMessage()), e);
  }
}
