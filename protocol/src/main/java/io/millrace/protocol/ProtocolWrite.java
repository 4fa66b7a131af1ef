package io.millrace.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.protocol.ProtocolMessages.StreamStatus;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Destination;
import io.millrace.spi.StreamName;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's {@code write}: records from stdin into the streams' targets. A state is answered
 * when every record before it is durable. A stream is published when its source said COMPLETE; one
 * that ends without keeps its rows for the next attempt and is a failure.
 */
public final class ProtocolWrite {
  private static final long BUFFERED_BYTES_MAX = 64L << 20;
  private static final long UNCOMMITTED_BYTES_MAX = 256L << 20;
  private static final int OPEN_STREAMS_MAX = 8;
  private static final Duration STATE_WAIT_MAX = Duration.ofSeconds(5);
  private static final Set<StreamStatus> ENDS =
      EnumSet.of(StreamStatus.COMPLETE, StreamStatus.INCOMPLETE);

  private final ConnectorContext context;
  private final ProtocolMessages messages;
  private final Map<StreamName, StreamWrite> streams = new LinkedHashMap<>();
  private final Map<StreamName, StreamStatus> ends = new HashMap<>();
  private final LinkedHashMap<StreamName, StreamWrite> used = new LinkedHashMap<>(16, 0.75f, true);
  private final List<ConnectorException> failures = new ArrayList<>();
  private final InputParser parser = new InputParser();
  private long lastCommitMillis;

  /**
   * Prepares the streams of a catalog.
   *
   * @throws ConfigException when the destination cannot do what the catalog asks for
   */
  public ProtocolWrite(
      Destination destination,
      ConnectorContext context,
      List<ConfiguredEntry> catalog,
      MessageWriter writer) {
    this.context = context;
    this.messages = new ProtocolMessages(writer);
    for (ConfiguredEntry entry : catalog) {
      streams.put(entry.name(), new StreamWrite(destination, context, entry, messages));
    }
    this.lastCommitMillis = context.clock().millis();
  }

  /**
   * Reads stdin to its end.
   *
   * @return the failures, in order; empty when every stream is published
   */
  public List<ConnectorException> run(InputStream stdin) throws InterruptedException {
    LineReader lines = new LineReader(stdin);
    try {
      while (next(lines)) {
        if (lines.length() > 0) {
          take(lines, parser.parse(lines.array(), lines.offset(), lines.length()));
        }
        keepBounds(lines);
      }
      finishAll();
    } finally {
      streams.values().forEach(StreamWrite::close);
    }
    return failures;
  }

  private static boolean next(LineReader lines) {
    try {
      return lines.next();
    } catch (IOException e) {
      throw new TransientException(
          "stdin", "Stdin cannot be read any more.", String.valueOf(e.getMessage()), e);
    }
  }

  private void take(LineReader lines, InputMessage message) throws InterruptedException {
    switch (message) {
      case InputMessage.Row row -> {
        StreamWrite stream = find(row.stream());
        if (!stream.failed()) {
          used.put(row.stream(), stream);
          guarded(row.stream(), stream, () -> stream.row(lines.array(), row));
        }
      }
      case InputMessage.State state -> state(state);
      case InputMessage.Status status -> {
        if (ENDS.contains(status.status())) {
          ends.put(status.stream(), status.status());
        }
      }
      case InputMessage.Other ignored -> {
        // A destination has nothing to do with it.
      }
    }
  }

  private void state(InputMessage.State state) throws InterruptedException {
    if (state.stream() == null) {
      commitAll();
      if (failures.isEmpty()) {
        messages.answer(state.message(), -1, -1);
      }
      return;
    }
    StreamWrite stream = find(state.stream());
    if (!stream.failed()) {
      stream.state(state.message());
    }
  }

  private StreamWrite find(StreamName name) {
    StreamWrite stream = streams.get(name);
    if (stream == null) {
      throw new ConfigException(
          "stream_unknown",
          "Stdin has records of stream " + name.display() + ", which the catalog does not name.");
    }
    return stream;
  }

  /** Writes and commits what has become too much or too old, and rests streams not used lately. */
  private void keepBounds(LineReader lines) throws InterruptedException {
    if (used.values().stream().mapToLong(StreamWrite::bufferedBytes).sum() > BUFFERED_BYTES_MAX) {
      for (Map.Entry<StreamName, StreamWrite> entry : List.copyOf(used.entrySet())) {
        guarded(entry.getKey(), entry.getValue(), entry.getValue()::flush);
      }
    }
    long waited = context.clock().millis() - lastCommitMillis;
    boolean due =
        streams.values().stream().anyMatch(StreamWrite::statesWait)
            && (waited >= STATE_WAIT_MAX.toMillis() || !moreWaiting(lines));
    long uncommitted = used.values().stream().mapToLong(StreamWrite::uncommittedBytes).sum();
    if (due || uncommitted > UNCOMMITTED_BYTES_MAX) {
      commitAll();
    }
    while (used.size() > OPEN_STREAMS_MAX) {
      Map.Entry<StreamName, StreamWrite> eldest = used.firstEntry();
      guarded(eldest.getKey(), eldest.getValue(), eldest.getValue()::rest);
      used.remove(eldest.getKey());
    }
  }

  private static boolean moreWaiting(LineReader lines) {
    try {
      return lines.moreWaiting();
    } catch (IOException e) {
      return false;
    }
  }

  private void commitAll() throws InterruptedException {
    for (Map.Entry<StreamName, StreamWrite> entry : streams.entrySet()) {
      guarded(entry.getKey(), entry.getValue(), entry.getValue()::commit);
    }
    lastCommitMillis = context.clock().millis();
  }

  private void finishAll() throws InterruptedException {
    for (Map.Entry<StreamName, StreamWrite> entry : streams.entrySet()) {
      StreamWrite stream = entry.getValue();
      @Nullable StreamStatus end = ends.get(entry.getKey());
      if (end == StreamStatus.COMPLETE) {
        guarded(entry.getKey(), stream, stream::finish);
      } else {
        guarded(entry.getKey(), stream, stream::commit);
        failed(
            entry.getKey(),
            new TransientException(
                "stream_incomplete",
                "Stream "
                    + entry.getKey().display()
                    + (end == null
                        ? " ended without a STREAM_STATUS of COMPLETE"
                        : " was not read to its end")
                    + ", so what was written of it is kept but not published.",
                "status " + end,
                null));
      }
    }
  }

  /** Something that is done with one stream. */
  @FunctionalInterface
  private interface Step {
    void run() throws InterruptedException;
  }

  /** Does it, unless the stream has failed; a failure ends the stream and leaves the others. */
  private void guarded(StreamName name, StreamWrite stream, Step step) throws InterruptedException {
    if (stream.failed()) {
      return;
    }
    try {
      step.run();
    } catch (ConnectorException e) {
      stream.fail();
      failed(name, e);
    }
  }

  private void failed(StreamName name, ConnectorException e) {
    failures.add(e);
    messages.error(e, name);
  }

  /** Answers a state with counts, where they are known. */
  static ObjectNode withStats(ObjectNode message, long records, long rejected) {
    if (records >= 0 && message.get("state") instanceof ObjectNode state) {
      state
          .putObject("destinationStats")
          .put("recordCount", records)
          .put("rejectedRecordCount", rejected);
    }
    return message;
  }
}
