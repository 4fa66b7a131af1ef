/**
 * Settings of a server that come from environment variables.
 *
 * <p>{@link io.millrace.server.environment.Variables} reads them, and refuses a wrong one with a
 * sentence. What a setting means and its usual value belong to the feature.
 */
@NullMarked
package io.millrace.server.environment;

import org.jspecify.annotations.NullMarked;
