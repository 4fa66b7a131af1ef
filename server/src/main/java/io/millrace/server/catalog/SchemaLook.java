package io.millrace.server.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** Tells what a new catalog means for a connection. */
@FunctionalInterface
public interface SchemaLook {
  /**
   * Returns {@code catalogDiff}, {@code breakingChange} and {@code connectionStatus} of a
   * connection whose source was discovered; it may be switched off by that, and takes nothing over.
   * Begins its own transaction.
   */
  ObjectNode of(UUID connection, Catalog catalog);
}
