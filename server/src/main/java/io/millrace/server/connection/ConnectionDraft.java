package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a connection; null means that it says nothing of it.
 *
 * @param name its name
 * @param status whether it may run
 * @param schedule when it runs by itself
 * @param namespaceDefinition {@code source}, {@code destination} or {@code customformat}
 * @param namespaceFormat the format of {@code customformat}
 * @param prefix put before every target name
 * @param catalog the discovered catalog that the client looked at
 * @param streams its streams
 * @param details the members of {@link Connection#details} to be set
 * @param tags the ids of its tags
 */
public record ConnectionDraft(
    @Nullable String name,
    @Nullable ConnectionStatus status,
    @Nullable Schedule schedule,
    @Nullable String namespaceDefinition,
    @Nullable String namespaceFormat,
    @Nullable String prefix,
    @Nullable UUID catalog,
    @Nullable StreamChoice streams,
    ObjectNode details,
    @Nullable List<UUID> tags) {}
