/** The mappers of a connection's streams, over HTTP. */
@NullMarked
package io.millrace.server.connection.mapper;

import org.jspecify.annotations.NullMarked;
