/**
 * The mappers of a connection's streams, as clients write them and as the store keeps them.
 *
 * <p>Begin with {@link io.millrace.server.connection.mapper.StreamMappers}. What mappers do to rows
 * belongs to the engine.
 */
@NullMarked
package io.millrace.server.connection.mapper;

import org.jspecify.annotations.NullMarked;
