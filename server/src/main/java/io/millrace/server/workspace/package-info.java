/**
 * Workspaces and what belongs to the whole installation.
 *
 * <p>Begin with {@link io.millrace.server.workspace.Workspace}. Sources, destinations and
 * connections have packages of their own.
 */
@NullMarked
package io.millrace.server.workspace;

import org.jspecify.annotations.NullMarked;
