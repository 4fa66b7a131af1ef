/**
 * What the server's connections remember of their streams: where the next sync begins, the read
 * that is open, every version of a state; and the API by which people look at it and change it.
 *
 * <p>Begin with {@link io.millrace.server.streamstate.StoredSyncStore}, which the engine uses. The
 * command line keeps the same in files, in {@code state}. How a memory looks as JSON stands there.
 */
@NullMarked
package io.millrace.server.streamstate;

import org.jspecify.annotations.NullMarked;
