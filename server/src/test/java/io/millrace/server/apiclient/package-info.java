/**
 * The client against servers that answer well, badly and not at all.
 *
 * <p>Begin with {@code ApiClientTest}.
 */
@NullMarked
package io.millrace.server.apiclient;

import org.jspecify.annotations.NullMarked;
