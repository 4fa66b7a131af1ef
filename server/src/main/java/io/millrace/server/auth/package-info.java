/**
 * Who may do what: the login, sessions of browsers, tokens, and API keys with their roles.
 *
 * <p>Begin with {@link io.millrace.server.auth.Auth}, which puts the parts together. What a route
 * demands stands at the route ({@link io.millrace.server.http.Access}); secrets of connectors
 * belong to {@code secret}.
 */
@NullMarked
package io.millrace.server.auth;

import org.jspecify.annotations.NullMarked;
