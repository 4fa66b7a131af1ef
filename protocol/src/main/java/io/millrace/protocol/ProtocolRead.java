package io.millrace.protocol;

import io.millrace.protocol.ProtocolMessages.StreamStatus;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.spi.SystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The protocol's {@code read}: every stream of a configured catalog as records, with states in
 * between. Streams are read one after another, as the protocol's readers expect.
 */
public final class ProtocolRead {
  private final Source source;
  private final MessageWriter writer;
  private final ProtocolMessages messages;

  /** Reads from an open source. */
  public ProtocolRead(Source source, MessageWriter writer) {
    this.source = source;
    this.writer = writer;
    this.messages = new ProtocolMessages(writer);
  }

  /**
   * Reads the streams. A stream that fails is told as such and the others go on.
   *
   * @return the failures, in order; empty when every stream was read to its end
   */
  public List<ConnectorException> run(
      List<ConfiguredEntry> catalog, Map<StreamName, ReadState> states)
      throws InterruptedException {
    Map<StreamName, List<String>> columns = columns(catalog);
    List<ConnectorException> failures = new ArrayList<>();
    for (ConfiguredEntry entry : catalog) {
      try {
        messages.streamStatus(entry.name(), StreamStatus.STARTED);
        new StreamRead(source, configured(entry, columns), writer).run(states.get(entry.name()));
        messages.streamStatus(entry.name(), StreamStatus.COMPLETE);
      } catch (ConnectorException e) {
        failures.add(e);
        failed(entry.name(), e);
      } catch (RuntimeException e) {
        SystemException unsorted =
            new SystemException(
                "unexpected",
                "Something unexpected went wrong in stream "
                    + entry.name().display()
                    + " ("
                    + ConnectorException.outside(e.toString())
                    + ").",
                e.toString(),
                e);
        failures.add(unsorted);
        failed(entry.name(), unsorted);
      }
    }
    writer.flush();
    return failures;
  }

  private void failed(StreamName stream, ConnectorException e) {
    messages.error(e, stream);
    messages.streamStatus(stream, StreamStatus.INCOMPLETE);
  }

  private static ConfiguredStream configured(
      ConfiguredEntry entry, Map<StreamName, List<String>> columns) {
    return new ConfiguredStream(
        entry.name(),
        columns.getOrDefault(entry.name(), entry.columns()),
        entry.incremental() ? SyncMode.INCREMENTAL_APPEND : SyncMode.FULL_REFRESH_APPEND,
        entry.cursorField(),
        entry.primaryKey(),
        Set.of());
  }

  /** Finds the columns of the streams whose schema in the catalog lists none. */
  private Map<StreamName, List<String>> columns(List<ConfiguredEntry> catalog)
      throws InterruptedException {
    Set<StreamName> unknown = new HashSet<>();
    for (ConfiguredEntry entry : catalog) {
      if (entry.columns().isEmpty()) {
        unknown.add(entry.name());
      }
    }
    Map<StreamName, List<String>> columns = new HashMap<>();
    if (!unknown.isEmpty()) {
      source.discover(
          (StreamDescriptor found) -> {
            if (unknown.contains(found.name())) {
              columns.put(
                  found.name(), found.schema().getFields().stream().map(Field::getName).toList());
            }
          });
    }
    return columns;
  }
}
