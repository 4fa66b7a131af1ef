/**
 * The calls that a user interface makes: a connection with everything around it in one answer, and
 * lists of connections that are sorted, filtered and paged by the store.
 *
 * <p>Begin with {@link io.millrace.server.webbackend.WebConnectionEndpoints}. The rules of
 * connections stand in {@code connection}; nothing is decided here.
 */
@NullMarked
package io.millrace.server.webbackend;

import org.jspecify.annotations.NullMarked;
