package io.millrace.server.connector;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.SourceDefinition;
import java.util.Locale;

/** The two sides of a pipeline. */
public enum Side {
  SOURCE,
  DESTINATION;

  /** Returns {@code source} or {@code destination}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns how the names of this side's connectors begin. */
  public String prefix() {
    return label() + "-";
  }

  /** Tells whether a connector belongs to this side. */
  public boolean offers(ConnectorDefinition<?> connector) {
    return switch (connector) {
      case SourceDefinition<?> ignored -> this == SOURCE;
      case DestinationDefinition<?> ignored -> this == DESTINATION;
    };
  }
}
