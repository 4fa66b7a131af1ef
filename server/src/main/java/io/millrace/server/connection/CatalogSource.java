package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.ActorId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What sources were found to offer. */
public interface CatalogSource {
  /**
   * What one discover found.
   *
   * @param id its id
   * @param streams the API's {@code AirbyteStream} objects, in the source's order
   */
  record Found(UUID id, List<ObjectNode> streams) {
    public Found {
      streams = List.copyOf(streams);
    }
  }

  /** Returns the newest catalog of a source, without asking it. */
  Optional<Found> newest(Handle tx, ActorId source);

  /** Returns the id of each source's newest catalog, of those that have one. */
  Map<ActorId, UUID> newestIds(Handle tx, Collection<ActorId> sources);

  /** Returns a catalog, or nothing where there is none of this id. */
  Optional<Found> find(Handle tx, UUID id);

  /** Tells whether a catalog that is still kept was found at a source. */
  boolean isOf(Handle tx, ActorId source, UUID id);

  /**
   * Asks a source and keeps what it says. Takes as long as the source; in no transaction.
   *
   * @throws io.millrace.spi.ConnectorException when it cannot say
   */
  Found discover(ActorId source) throws InterruptedException;
}
