package io.millrace.server.command;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Side;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.SyncMode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** What a shell offers for the values of options; used for the scripts of completion alone. */
final class Candidates {
  private Candidates() {}

  /** Every connector. */
  static final class Connectors implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names(ConnectorRegistry.load().all());
    }
  }

  /** Every source. */
  static final class Sources implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names(ConnectorRegistry.load().on(Side.SOURCE));
    }
  }

  /** Every destination. */
  static final class Destinations implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names(ConnectorRegistry.load().on(Side.DESTINATION));
    }
  }

  /** The sync modes. */
  static final class Modes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(SyncMode.values()).map(SyncMode::label).iterator();
    }
  }

  /** Which columns a destination adds. */
  static final class MetadataColumns implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("full", "none").iterator();
    }
  }

  /** The shells that have a script. */
  static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return CompletionCommand.SHELLS.iterator();
    }
  }

  private static Iterator<String> names(List<ConnectorDefinition<?>> connectors) {
    return connectors.stream().map(one -> one.info().name()).iterator();
  }
}
