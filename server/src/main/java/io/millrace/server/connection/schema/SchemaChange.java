package io.millrace.server.connection.schema;

import io.millrace.server.connection.ConnectionStream;
import io.millrace.spi.StreamName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a source's schema did to a connection.
 *
 * @param diff what has changed at the source
 * @param propagated what of it the connection has taken over
 * @param breaking the connection cannot sync as configured any more
 * @param disabledReason why the connection was switched off, by the API's name, or null
 * @param refusal why nothing was taken over although the preference wants it, or null
 * @param backfilled streams that begin from nothing, because they have new fields
 * @param streams the selected streams as they can be read now: without lost fields; what a sync is
 *     made of
 * @param lost the selected streams that cannot be read any more: a sync says so of each
 */
public record SchemaChange(
    SchemaDiff diff,
    SchemaDiff propagated,
    boolean breaking,
    @Nullable String disabledReason,
    @Nullable String refusal,
    List<StreamName> backfilled,
    List<ConnectionStream> streams,
    List<LostStream> lost) {
  /** The reason for a change that breaks the connection. */
  public static final String BREAKING = "SCHEMA_CHANGES_ARE_BREAKING";

  /** The reason where the preference is to stop at any change. */
  public static final String ANY = "DISABLE_CONNECTION_IF_ANY_SCHEMA_CHANGES";

  public SchemaChange {
    backfilled = List.copyOf(backfilled);
    streams = List.copyOf(streams);
    lost = List.copyOf(lost);
  }
}
