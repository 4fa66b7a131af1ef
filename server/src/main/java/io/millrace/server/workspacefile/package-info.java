/**
 * A workspace as a file: written from a server, compared with one, applied to one, through its API.
 *
 * <p>Begin with {@link io.millrace.server.workspacefile.WorkspaceFiles}. A pipeline file of the
 * command line is something else: {@code pipeline}.
 */
@NullMarked
package io.millrace.server.workspacefile;

import org.jspecify.annotations.NullMarked;
